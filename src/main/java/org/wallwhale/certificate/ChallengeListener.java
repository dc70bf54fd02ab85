package org.wallwhale.certificate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Answers a certificate authority where no server does, for as long as it is open. */
final class ChallengeListener implements AutoCloseable {
    private final HttpServer server;

    ChallengeListener(int port, ChallengeFiles files) {
        try {
            server = HttpServer.create(new InetSocketAddress(port), 0);
        } catch (IOException e) {
            throw new AcmeException("Port " + port + ", where the certificate authority looks for the answer, cannot be listened on ("
                    + e.getMessage() + "): end what has it, run this as a user who may, or have port 80 forwarded to --port.", false, null, e);
        }
        server.createContext("/", exchange -> answer(exchange, files));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, ChallengeFiles files) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Optional<String> answer = path.startsWith(ChallengeFiles.PATH) ? files.find(path.substring(ChallengeFiles.PATH.length())) : Optional.empty();
        byte[] body = answer.orElse("").getBytes(StandardCharsets.US_ASCII);
        exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
        exchange.sendResponseHeaders(answer.isPresent() ? 200 : 404, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
