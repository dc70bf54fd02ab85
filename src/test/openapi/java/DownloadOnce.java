import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.UUID;
import org.example.client.ApiClient;
import org.example.client.api.ContentApi;
import org.example.client.api.DownloadsApi;
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
        DownloadView download = downloads.submitDownload(new SubmitDownload().urlOrId("3000000000").accountName("sandbox"),
                UUID.randomUUID().toString());
        while (Set.of(Status.QUEUED, Status.RUNNING).contains(download.getStatus())) {
            Thread.sleep(200);
            download = downloads.getDownload(download.getId());
        }
        if (download.getStatus() != Status.SUCCESS) {
            throw new IllegalStateException(download.getErrorMessage());
        }
        Path zip = new ContentApi(client).getZip(download.getId(), null, null, null).toPath();
        Files.move(zip, Path.of(arguments[2]), StandardCopyOption.REPLACE_EXISTING);
        System.out.println(download.getBytesDone());
    }
}
