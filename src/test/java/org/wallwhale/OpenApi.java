package org.wallwhale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.openapi.api.SmallRyeOpenAPI;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;
import org.wallwhale.idempotency.Call;

/**
 * The OpenAPI document of the compiled classes: SmallRye reads their annotations, and what holds for every operation (scopes,
 * problems) is added here. {@code openapi-frame.json} is what no class says.
 */
final class OpenApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final java.nio.file.Path CLASSES = java.nio.file.Path.of("target", "classes");
    private static final Map<String, Object> SETTINGS = Map.of("mp.openapi.extensions.smallrye.remove-unused-schemas.enable", true);
    private static final Set<String> WHOLE_NUMBERS = Set.of("limit", "offset", "attempt");

    private OpenApi() {
    }

    /** Every resource method by what it answers, such as {@code GET /downloads/{id}}. */
    static Map<String, Method> operations() throws IOException {
        Map<String, Method> operations = new TreeMap<>();
        for (java.nio.file.Path file : classFiles()) {
            String name = CLASSES.relativize(file).toString().replace('/', '.').replaceAll("\\.class$", "");
            if (name.endsWith("Resource")) {
                Class<?> resource = load(name);
                for (Method method : resource.getDeclaredMethods()) {
                    httpMethod(method).ifPresent(verb -> operations.put(verb + " " + path(resource, method), method));
                }
            }
        }
        return operations;
    }

    static String document() throws IOException {
        ObjectNode document = (ObjectNode) JSON.readTree(scanned());
        JsonNode frame = JSON.readTree(OpenApi.class.getResourceAsStream("openapi-frame.json"));
        Map<String, Method> operations = operations();
        ObjectNode paths = (ObjectNode) document.remove("paths");
        ObjectNode components = (ObjectNode) document.remove("components");
        paths.properties().forEach(path -> path.getValue().properties().forEach(operation -> complete((ObjectNode) operation.getValue(),
                path.getKey(), operations.get(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey()))));
        // on the wire it is its text
        components.withObjectProperty("schemas").putObject("Secret").put("type", "string").put("format", "password");
        components.findValues("enum").forEach(words -> lowerCase((ArrayNode) words));
        document.setAll((ObjectNode) frame);
        document.set("paths", paths);
        frame.get("components").properties().forEach(part -> components.withObjectProperty(part.getKey()).setAll((ObjectNode) part.getValue()));
        document.set("components", components);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
    }

    private static void complete(ObjectNode operation, String path, Method method) {
        RolesAllowed roles = method.getAnnotation(RolesAllowed.class);
        ArrayNode security = operation.putArray("security");
        if (roles != null) {
            for (String scheme : List.of("token", "key", "cookie")) {
                Arrays.stream(roles.value()).forEach(security.addObject().putArray(scheme)::add);
            }
        }
        if (operation.has("requestBody")) {
            boolean needed = Arrays.stream(method.getParameters()).anyMatch(parameter -> parameter.isAnnotationPresent(NotNull.class));
            operation.withObjectProperty("requestBody").put("required", needed);
        }
        for (JsonNode parameter : operation.path("parameters")) {
            if (WHOLE_NUMBERS.contains(parameter.get("name").textValue())) {
                ((ObjectNode) parameter).putObject("schema").put("type", "integer").put("minimum", 0);
            }
            if (parameter.get("name").textValue().equals(Call.KEY)) {
                ((ObjectNode) parameter).put("description", "Any text that no other request of yours has: sent again within 24 hours with "
                        + "the same body it gets the first answer, and nothing happens twice");
            }
        }
        ObjectNode responses = operation.withObjectProperty("responses");
        Stream.of("400", "401", "403", "404", "429", "default")
                .filter(status -> roles != null || !Set.of("401", "403", "429").contains(status))
                .filter(status -> path.contains("{") || !status.equals("404"))
                .forEach(status -> responses.putObject(status).put("$ref", "#/components/responses/Problem"));
    }

    /** As {@code Json} writes them. */
    private static void lowerCase(ArrayNode words) {
        for (int i = 0; i < words.size(); i++) {
            words.set(i, words.get(i).textValue().toLowerCase(Locale.ROOT));
        }
    }

    private static String scanned() throws IOException {
        return SmallRyeOpenAPI.builder().withConfig(settings()).withIndex(index()).enableStandardStaticFiles(false)
                .enableModelReader(false).enableStandardFilter(false).build().toJSON();
    }

    /** Without the application: its path is in the frame, as the server's address. */
    private static Index index() throws IOException {
        Indexer indexer = new Indexer();
        for (java.nio.file.Path file : classFiles()) {
            if (!file.endsWith("RestApplication.class")) {
                try (InputStream in = Files.newInputStream(file)) {
                    indexer.index(in);
                }
            }
        }
        return indexer.complete();
    }

    private static List<java.nio.file.Path> classFiles() throws IOException {
        try (Stream<java.nio.file.Path> files = Files.walk(CLASSES.resolve("org/wallwhale"))) {
            return files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
        }
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

    private static Optional<String> httpMethod(Method method) {
        return Arrays.stream(method.getAnnotations()).map(Annotation::annotationType)
                .map(type -> type.getAnnotation(HttpMethod.class)).filter(found -> found != null).map(HttpMethod::value).findFirst();
    }

    private static String path(Class<?> resource, Method method) {
        String below = method.isAnnotationPresent(Path.class) ? method.getAnnotation(Path.class).value() : "";
        return (resource.getAnnotation(Path.class).value() + below).replaceAll("\\{(\\w+):[^}]*}", "{$1}");
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, OpenApi.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
