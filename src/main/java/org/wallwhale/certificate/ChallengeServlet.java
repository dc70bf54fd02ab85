package org.wallwhale.certificate;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Answers a certificate authority that looks whether a name is this server's: open to everybody, and only while somebody asks for one. */
@WebServlet(ChallengeFiles.PATH + "*")
public class ChallengeServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    @Inject
    private transient CertificateFiles files;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String token = request.getPathInfo() == null ? "" : request.getPathInfo().substring(1);
        Optional<String> answer = new ChallengeFiles(files.challenges()).find(token);
        if (answer.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/octet-stream");
        response.getOutputStream().write(answer.get().getBytes(StandardCharsets.US_ASCII));
    }
}
