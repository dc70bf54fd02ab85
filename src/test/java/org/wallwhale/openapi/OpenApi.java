package org.wallwhale.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.openapi.api.SmallRyeOpenAPI;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;

/**
 * The OpenAPI document of the compiled classes: SmallRye reads their MicroProfile annotations, and what other annotations say, or
 * what holds for every operation of a kind, is added here. {@code frame.json} is what no class says, {@code examples.json} what
 * bodies look like. See docs/adr/0018.
 */
final class OpenApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Object> SETTINGS = Map.of("mp.openapi.extensions.smallrye.remove-unused-schemas.enable", true);

    private OpenApi() {
    }

    static String document() throws IOException {
        ObjectNode scanned = (ObjectNode) JSON.readTree(scanned());
        ObjectNode document = resource("frame.json");
        ObjectNode components = document.withObjectProperty("components");
        scanned.at("/components/schemas").properties().forEach(schema -> components.withObjectProperty("schemas").set(schema.getKey(), schema.getValue()));
        document.set("paths", scanned.get("paths"));
        document.set("components", document.remove("components"));
        ProblemResponses problems = new ProblemResponses(components);
        SchemaRules schemas = new SchemaRules(document);
        schemas.complete();
        Examples examples = new Examples(resource("examples.json"), components);
        Map<String, Method> methods = Resources.operations();
        document.get("paths").properties().forEach(path -> path.getValue().properties().forEach(operation -> {
            String address = operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
            OperationRules rules = new OperationRules((ObjectNode) operation.getValue(), address, methods.get(address), components);
            schemas.completeBody(rules);
            rules.complete(problems);
            examples.addTo(rules);
        }));
        schemas.removeUnused();
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
    }

    private static ObjectNode resource(String name) throws IOException {
        try (InputStream in = OpenApi.class.getResourceAsStream(name)) {
            return (ObjectNode) JSON.readTree(in);
        }
    }

    static JsonNode resolved(JsonNode schema, JsonNode components) {
        return schema.has("$ref") ? components.at(schema.get("$ref").textValue().substring("#/components".length())) : schema;
    }

    private static String scanned() throws IOException {
        return SmallRyeOpenAPI.builder().withConfig(settings()).withIndex(index()).enableStandardStaticFiles(false)
                .enableModelReader(false).enableStandardFilter(false).build().toJSON();
    }

    /** Without the application: its path is in the frame, as the server's address. */
    private static Index index() throws IOException {
        Indexer indexer = new Indexer();
        for (java.nio.file.Path file : Resources.classFiles()) {
            if (!file.endsWith("RestApplication.class")) {
                try (InputStream in = Files.newInputStream(file)) {
                    indexer.index(in);
                }
            }
        }
        return indexer.complete();
    }

    /** SmallRye asks for a configuration, and no implementation of one is among the tests' libraries. */
    private static Config settings() {
        return (Config) Proxy.newProxyInstance(OpenApi.class.getClassLoader(), new Class<?>[] {Config.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getPropertyNames" -> SETTINGS.keySet();
                    case "getConfigSources" -> List.of();
                    case "getOptionalValue", "getOptionalValues" -> Optional.ofNullable(SETTINGS.get(arguments[0]));
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }
}
