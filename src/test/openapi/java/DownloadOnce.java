import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.example.client.ApiClient;
import org.example.client.api.ContentApi;
import org.example.client.api.DownloadsApi;
import org.example.client.api.EventsApi;
import org.example.client.model.DownloadView;
import org.example.client.model.Status;
import org.example.client.model.SubmitDownload;

/** One download by the client that openapi-generator makes: java DownloadOnce <address of the API> <key> <file>. */
public final class DownloadOnce {
    public static void main(String[] arguments) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(arguments[0]);
        client.setRequestInterceptor(request -> request.header("X-API-Key", arguments[1]));
        DownloadsApi downloads = new DownloadsApi(client);
        UUID id = downloads.submitDownload(new SubmitDownload().urlOrId("3000000000").accountName("sandbox"), UUID.randomUUID().toString())
                .getId();
        String log = new EventsApi(client).followLog(id, null, null, null);
        DownloadView download = downloads.getDownload(id);
        if (download.getStatus() != Status.SUCCESS || !log.contains("event: end")) {
            throw new IllegalStateException(download + "\n" + log);
        }
        Path zip = new ContentApi(client).getZip(id, null, null, null).toPath();
        Files.move(zip, Path.of(arguments[2]), StandardCopyOption.REPLACE_EXISTING);
        System.out.println(download.getBytesDone());
    }
}
