package org.wallwhale.openapi;

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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private static final Path COMMITTED = Path.of("src", "main", "resources", "org", "wallwhale", "rest", "openapi.json");
    private static String text;
    private static JsonNode document;

    @BeforeAll
    static void generate() throws IOException {
        text = OpenApi.document();
        document = new ObjectMapper().readTree(text);
    }

    /** With {@code -Dopenapi.write} it writes the document instead. */
    @Test
    void theDocumentSaysWhatTheCodeDoes() throws IOException {
        if (System.getProperty("openapi.write") != null) {
            Files.writeString(COMMITTED, text);
        }
        String[] committed = Files.readString(COMMITTED).split("\n");
        String[] generated = text.split("\n");
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
    void everyOperationSaysWhatItIsForAndWhatItAnswers() throws IOException {
        Set<String> lacking = new TreeSet<>();
        document.get("paths").properties().forEach(path -> path.getValue().properties().forEach(operation -> {
            String name = operation.getKey() + " " + path.getKey();
            for (String needed : List.of("operationId", "summary", "description", "tags", "security", "responses")) {
                if (!operation.getValue().has(needed)) {
                    lacking.add(name + " needs " + needed);
                }
            }
            JsonNode ok = operation.getValue().at("/responses/200");
            if (ok.isObject() && !ok.has("content") && !operation.getKey().equals("head")) {
                lacking.add(name + " needs @APIResponseSchema or @APIResponse");
            }
            if (operation.getValue().get("responses").properties().stream().noneMatch(response -> response.getKey().startsWith("2"))) {
                lacking.add(name + " needs an answer of success");
            }
        }));
        List<String> ids = document.get("paths").findValuesAsText("operationId");
        assertThat(lacking).isEmpty();
        assertThat(ids).doesNotHaveDuplicates().hasSameSizeAs(Resources.operations().keySet());
    }

    @Test
    void everyExampleHasTheMembersOfItsSchema() {
        JsonNode schemas = document.at("/components/schemas");
        Set<String> wrong = new TreeSet<>();
        Conformance conformance = new Conformance(document);
        document.at("/components/examples").properties().stream().filter(example -> schemas.has(example.getKey())).forEach(example ->
                wrong.addAll(conformance.faults(example.getValue().get("value"), schemas.get(example.getKey()), example.getKey())));
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyTagIsExplained() {
        Set<String> used = new TreeSet<>();
        document.get("paths").findValues("tags").forEach(tags -> tags.forEach(tag -> used.add(tag.textValue())));
        assertThat(document.get("tags").findValuesAsText("name")).containsExactlyInAnyOrderElementsOf(used);
    }
}
