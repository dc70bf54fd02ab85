package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.wallwhale.problem.Problem;

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
                return new RefusedException(ofStatus(status), "The server refused (" + status + "): "
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
        return new CommandFailure(ofStatus(answer.statusCode()), "The server answered " + answer.statusCode() + " with something that is no JSON: is "
                + answer.uri() + " an address of WallWhale Server?");
    }

    /** Of a problem by its code, such as {@code invalid}. */
    static int exitCode(String code) {
        return Stream.of(Problem.values()).filter(problem -> problem.name().equalsIgnoreCase(code)).findFirst()
                .map(problem -> ofStatus(problem.status())).orElse(FAILED);
    }

    int status() {
        return status;
    }

    /** The problem's stable code, such as {@code not_found}. */
    String code() {
        return code;
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
