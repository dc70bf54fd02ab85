package org.wallwhale.openapi;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The compiled classes, and the resource methods among them. */
public final class Resources {
    private static final java.nio.file.Path CLASSES = java.nio.file.Path.of("target", "classes");

    private Resources() {
    }

    /** Every resource method by what it answers, such as {@code GET /downloads/{id}}. */
    public static Map<String, Method> operations() throws IOException {
        Map<String, Method> operations = new TreeMap<>();
        for (java.nio.file.Path file : classFiles()) {
            if (file.toString().endsWith("Resource.class")) {
                Class<?> resource = load(file);
                for (Method method : resource.getDeclaredMethods()) {
                    httpMethod(method).ifPresent(verb -> operations.put(verb + " " + path(resource, method), method));
                }
            }
        }
        return operations;
    }

    static List<java.nio.file.Path> classFiles() throws IOException {
        try (Stream<java.nio.file.Path> files = Files.walk(CLASSES.resolve("org/wallwhale"))) {
            return files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
        }
    }

    static Class<?> load(java.nio.file.Path file) {
        String name = CLASSES.relativize(file).toString().replace('/', '.').replaceAll("\\.class$", "");
        try {
            return Class.forName(name, false, Resources.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> httpMethod(Method method) {
        return Arrays.stream(method.getAnnotations()).map(Annotation::annotationType)
                .map(type -> type.getAnnotation(HttpMethod.class)).filter(found -> found != null).map(HttpMethod::value).findFirst();
    }

    private static String path(Class<?> resource, Method method) {
        String below = method.isAnnotationPresent(Path.class) ? method.getAnnotation(Path.class).value() : "";
        return (resource.getAnnotation(Path.class).value() + below).replaceAll("\\{(\\w+):[^}]*}", "{$1}");
    }
}
