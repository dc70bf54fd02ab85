package org.wallwhale.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;

/** Content whose names and links mean harm, and content that two users have. */
class HostileContentIT extends HttpTest {
    private static final String BAD_NAMES = "4710000042";
    private static final String ESCAPING = "4710000044";
    private final Api user = Api.secondUser();
    private final Api administrator = Api.administrator();

    @Test
    void whatEscapesItsFolderIsNoContent() {
        String id = user.submit(ESCAPING).get("id").textValue();
        JsonNode failed = user.awaitFinished(id);
        assertThat(failed.at("/error/code").textValue()).isEqualTo("unsafe_content");
        for (String part : List.of("/zip", "/files", "/files/etc/passwd")) {
            Problems.demand(user.get(DOWNLOADS + "/" + id + part), 409, "conflict");
        }
    }

    @Test
    void noNameInAZipLeadsOutOfTheFolderItIsUnpackedInto() throws IOException {
        for (String name : names(user.get(fetched(user, BAD_NAMES) + "/zip").bytes())) {
            assertThat(name).doesNotStartWith("/").doesNotContain("\\", ":").doesNotContainPattern("\\p{Cntrl}");
            assertThat(name.split("/")).doesNotContain("..", ".", "");
        }
    }

    @Test
    void noNameBreaksOutOfTheHeaderThatTellsIt() {
        String path = fetched(user, BAD_NAMES) + "/files";
        JsonNode files = user.get(path).json().get("files");
        assertThat(files).isNotEmpty();
        for (JsonNode file : files) {
            String encoded = URLEncoder.encode(file.get("path").textValue(), StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
            Answer answer = user.head(path + "/" + encoded);
            assertThat(answer.status()).as(file.toString()).isEqualTo(200);
            assertThat(answer.header("Content-Disposition"))
                    .matches("attachment; filename=\"[ !#-$&-~]+\"; filename\\*=UTF-8''([!#$&+.^_`|~0-9A-Za-z-]|%[0-9A-F]{2})+");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..%2f..%2fsecrets/token-key", "%2e%2e/%2e%2e/wallwhale.mv.db", "/etc/passwd", "%2fetc%2fpasswd", "..;/x", "x/../../x",
        "%252e%252e%252fx", "C:%5cx", "~/.ssh/id_rsa", "%c0%ae%c0%ae/x"})
    void noPathLeadsToAnotherFile(String path) {
        Answer answer = user.get(fetched(user, "4710000000") + "/files/" + path);
        assertThat(answer.status()).as(answer.text()).isIn(400, 404);
        Problems.demand(answer, answer.status(), answer.status() == 400 ? "malformed" : "not_found");
    }

    @Test
    void twoUsersOfOneItemHaveTheSameBytesAndNothingOfEachOther() {
        String mine = fetched(user, "4710000000");
        String theirs = fetched(administrator, "4710000000");
        assertThat(mine).isNotEqualTo(theirs);
        byte[] zip = administrator.get(theirs + "/zip").bytes();
        assertThat(user.get(mine + "/zip").bytes()).isEqualTo(zip);
        for (String part : List.of("", "/zip", "/files", "/logs", "/events")) {
            Problems.demand(user.get(theirs + part), 404, "not_found");
        }
        Problems.demand(user.delete(theirs), 404, "not_found");
        assertThat(user.delete(mine).status()).isEqualTo(204);
        assertThat(administrator.get(theirs + "/zip").bytes()).as("whoever else has it loses nothing").isEqualTo(zip);
        String other = fetched(user, "4710000100");
        assertThat(user.get(other + "/zip").bytes()).as("another item").isNotEqualTo(zip);
    }

    private static String fetched(Api owner, String item) {
        String id = owner.submit(item).get("id").textValue();
        assertThat(owner.awaitFinished(id).get("status").textValue()).isEqualTo("success");
        return DOWNLOADS + "/" + id;
    }

    private static List<String> names(byte[] zip) throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        assertThat(names).isNotEmpty();
        assertThat(Set.copyOf(names)).hasSameSizeAs(names);
        return names;
    }
}
