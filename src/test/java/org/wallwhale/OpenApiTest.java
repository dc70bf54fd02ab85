package org.wallwhale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private static final Path COMMITTED = Path.of("src", "main", "resources", "org", "wallwhale", "rest", "openapi.json");

    /** With {@code -Dopenapi.write} it writes the document instead. */
    @Test
    void theDocumentSaysWhatTheCodeDoes() throws IOException {
        String document = OpenApi.document();
        if (System.getProperty("openapi.write") != null) {
            Files.writeString(COMMITTED, document);
        }
        String[] committed = Files.readString(COMMITTED).split("\n");
        String[] generated = document.split("\n");
        int line = Arrays.mismatch(committed, generated);
        if (line >= 0) {
            fail("openapi.json and the code differ from line %d on: \"%s\", where the code says \"%s\".%n"
                    + "mvn test -Dtest=OpenApiTest -Dopenapi.write writes it anew.",
                    line + 1, at(committed, line), at(generated, line));
        }
    }

    private static String at(String[] lines, int line) {
        return line < lines.length ? lines[line].strip() : "";
    }

    @Test
    void everyOperationHasAnIdAPurposeAndATypeOfAnswer() throws IOException {
        JsonNode paths = new ObjectMapper().readTree(OpenApi.document()).get("paths");
        Set<String> lacking = new TreeSet<>();
        paths.properties().forEach(path -> path.getValue().properties().forEach(operation -> {
            if (!operation.getValue().has("operationId") || !operation.getValue().has("summary")) {
                lacking.add(operation.getKey() + " " + path.getKey() + " needs @Operation(operationId, summary)");
            }
            JsonNode ok = operation.getValue().get("responses").path("200");
            if (!ok.isMissingNode() && !ok.has("content") && !operation.getKey().equals("head")) {
                lacking.add(operation.getKey() + " " + path.getKey() + " needs @APIResponseSchema or @APIResponse");
            }
        }));
        List<String> ids = paths.findValuesAsText("operationId");
        assertThat(lacking).isEmpty();
        assertThat(ids).doesNotHaveDuplicates().hasSameSizeAs(OpenApi.operations().keySet());
    }
}
