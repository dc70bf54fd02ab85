package org.wallwhale.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.wallwhale.problem.Problem;

/** What each status of a refusal looks like, by the names of {@link Problem}; the frame has an example sentence for each. */
final class ProblemResponses {
    private static final String MEDIA_TYPE = "application/problem+json";
    private final ObjectNode components;

    ProblemResponses(ObjectNode components) {
        this.components = components;
        ObjectNode sentences = (ObjectNode) components.remove("x-problems");
        for (Problem problem : Problem.values()) {
            example(problem, sentences.required(code(problem)).textValue());
        }
    }

    private void example(Problem problem, String sentence) {
        ObjectNode value = components.withObjectProperty("examples").putObject(code(problem)).put("summary", problem.title()).putObject("value");
        value.put("type", "urn:wallwhale:problem:" + code(problem).replace('_', '-')).put("title", problem.title()).put("status", problem.status())
                .put("detail", sentence).put("instance", "4c1f0e2a9b7d").put("code", code(problem)).putArray("errors");
        value.put("message", sentence);
        if (problem == Problem.TOO_MANY_REQUESTS) {
            value.put("type", "https://iana.org/assignments/http-problem-types#quota-exceeded").putArray("violated-policies").add("minute");
        }
    }

    /** For the operations that say nothing of their own about a status. */
    ObjectNode shared(int status, ObjectNode parent) {
        List<Problem> problems = of(status);
        String name = Arrays.stream(problems.get(0).name().split("_")).map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        if (!components.withObjectProperty("responses").has(name)) {
            ObjectNode response = components.withObjectProperty("responses").putObject(name);
            response.put("description", problems.stream().map(problem -> "`" + code(problem) + "`: " + problem.title())
                    .collect(Collectors.joining("; ")));
            complete(response, status, problems);
        }
        return parent.putObject(String.valueOf(status)).put("$ref", "#/components/responses/" + name);
    }

    /** {@code response} has a description, which may name the problems that it tells; else they are all of the status. */
    void own(ObjectNode response, int status) {
        List<Problem> all = of(status);
        String description = response.get("description").textValue();
        List<Problem> named = all.stream().filter(problem -> description.contains("`" + code(problem) + "`")).toList();
        List<Problem> told = named.isEmpty() ? all.subList(0, 1) : named;
        if (named.isEmpty()) {
            response.put("description", "`" + code(told.get(0)) + "`: " + description);
        }
        complete(response, status, told);
    }

    private void complete(ObjectNode response, int status, List<Problem> problems) {
        ObjectNode headers = response.withObjectProperty("headers");
        Headers.add(headers, "X-Request-Id");
        switch (status) {
            case 401 -> Headers.add(headers, "WWW-Authenticate");
            case 416 -> Headers.add(headers, "Content-Range");
            case 429 -> Headers.add(headers, "Retry-After", "RateLimit-Policy", "RateLimit", "X-RateLimit-Limit", "X-RateLimit-Remaining",
                    "X-RateLimit-Reset");
            case 503 -> Headers.add(headers, "Retry-After");
            default -> { }
        }
        ObjectNode content = response.putObject("content").putObject(MEDIA_TYPE);
        content.putObject("schema").put("$ref", "#/components/schemas/Problem");
        ObjectNode examples = content.putObject("examples");
        problems.forEach(problem -> examples.putObject(code(problem)).put("$ref", "#/components/examples/" + code(problem)));
    }

    private static List<Problem> of(int status) {
        return Arrays.stream(Problem.values()).filter(problem -> problem.status() == status).toList();
    }

    private static String code(Problem problem) {
        return problem.name().toLowerCase(Locale.ROOT);
    }
}
