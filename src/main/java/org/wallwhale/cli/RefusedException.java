package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The server said no, in its own words. */
final class RefusedException extends CommandFailure {
    private static final long serialVersionUID = 1;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 64 << 10;
    private final int status;
    private final String code;

    private RefusedException(int exitCode, String sentence, int status, String code) {
        super(exitCode, sentence);
        this.status = status;
        this.code = code;
    }

    /** Of an answer whose status is 300 or more and whose body nobody has read; closes it. */
    static CommandFailure of(HttpResponse<? extends InputStream> answer) {
        int status = answer.statusCode();
        try (InputStream body = answer.body()) {
            JsonNode problem = JSON.readTree(body.readNBytes(LONGEST));
            if (problem != null && problem.isObject()) {
                return new RefusedException(exitCode(status), "The server refused (" + status + "): "
                        + problem.path("message").asText("without a reason").replaceFirst("(?<![.!?])$", ".") + faults(problem) + patience(answer), status,
                        problem.path("code").asText());
            }
        } catch (IOException e) {
            // told below: no problem of ours
        }
        return answer.headers().firstValue("Location").filter(elsewhere -> status < 400)
                .map(elsewhere -> new CommandFailure(CommandFailure.SETTINGS, "The server sends to " + elsewhere
                        + ": set WALLWHALE_URL to the address that it means."))
                .orElseGet(() -> noJson(answer));
    }

    static CommandFailure noJson(HttpResponse<?> answer) {
        int code = answer.statusCode() >= 502 && answer.statusCode() <= 504 ? NOT_REACHABLE : FAILED;
        return new CommandFailure(code, "The server answered " + answer.statusCode() + " with something that is no JSON: is "
                + answer.uri() + " an address of WallWhale Server?");
    }

    int status() {
        return status;
    }

    /** The problem's stable code, such as {@code not_found}. */
    String code() {
        return code;
    }

    private static int exitCode(int status) {
        return switch (status) {
            case 401, 403 -> NOT_ALLOWED;
            case 502, 503, 504 -> NOT_REACHABLE;
            default -> FAILED;
        };
    }

    /** What is wrong with which member, unless the message says it already. */
    private static String faults(JsonNode problem) {
        String message = problem.path("message").asText();
        return StreamSupport.stream(problem.path("errors").spliterator(), false)
                .filter(fault -> !message.contains(fault.path("detail").asText()))
                .map(fault -> " " + fault.path("pointer").asText().replaceFirst("^/", "") + ": " + fault.path("detail").asText().replaceFirst("(?<![.!?])$", "."))
                .collect(Collectors.joining());
    }

    private static String patience(HttpResponse<?> answer) {
        return answer.headers().firstValue("Retry-After").map(seconds -> " Try again in " + seconds + " s.").orElse("");
    }
}
