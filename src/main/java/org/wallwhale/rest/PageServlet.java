package org.wallwhale.rest;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * The web page's files, the same on every server: compressed once, with a strong ETag of their content, and asked for anew each
 * time, so that a page never runs with parts of two versions. The page may not turn texts into scripts or markup (Trusted Types).
 * Below {@code /s} lie share links: a page for browsers, and the way to the zip for everybody else.
 */
@WebServlet({"", "/index.html", "/share.html", "/app/*", "/s/*"})
public class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final Map<String, String> TYPES = Map.of("html", "text/html;charset=UTF-8", "js", "text/javascript;charset=UTF-8",
            "css", "text/css;charset=UTF-8", "svg", "image/svg+xml", "txt", "text/plain;charset=UTF-8");
    private static final String POLICY = HeadersFilter.POLICY + "; require-trusted-types-for 'script'; trusted-types lit-html";
    private static final Pattern LINK = Pattern.compile("/[0-9A-Za-z]{20,100}");
    private static final Pattern GZIP = Pattern.compile("(?i)(?:^|[,\\s])(?:x-)?gzip\\s*(?:,|$|;\\s*q=(?!0(?:\\.0*)?\\s*(?:,|$)))");
    private final transient Map<String, PageFile> files = new ConcurrentHashMap<>();

    /** A file as it is and compressed; {@code tag} is a strong ETag of the former. */
    private record PageFile(String type, byte[] plain, byte[] compressed, String tag) {
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getServletPath().equals("/s") && !isForPeople(request)) {
            toZip(request, response);
            return;
        }
        String path = path(request);
        // What is not there is not kept: anybody could fill the memory with it.
        Optional<PageFile> found = isPlain(path) && isPlain(request.getRequestURI())
                ? Optional.ofNullable(files.get(path)).or(() -> read(path)) : Optional.empty();
        found.ifPresent(file -> files.put(path, file));
        if (found.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        answer(found.get(), request, response);
    }

    private static String path(HttpServletRequest request) {
        return switch (request.getServletPath()) {
            case "/app" -> "/app" + request.getPathInfo();
            case "/s" -> isLink(request.getPathInfo()) ? "/share.html" : "/nothing";
            // it is nobody's page without a link
            case "/share.html" -> "/nothing";
            default -> "/index.html";
        };
    }

    private static boolean isLink(String path) {
        return path != null && LINK.matcher(path).matches();
    }

    private static boolean isForPeople(HttpServletRequest request) {
        String accepted = request.getHeader("Accept");
        return accepted != null && accepted.contains("text/html");
    }

    /** Whether it is one that leads anywhere is said there. */
    private static void toZip(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!isLink(request.getPathInfo())) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Vary", "Accept");
        // relative, because a proxy may have the server below a path of its own
        response.setHeader("Location", "../api/v1/shared" + request.getPathInfo() + "/zip");
    }

    /** Each file has one path: not every server takes others for what they mean, and each would be kept. */
    static boolean isPlain(String path) {
        return !path.contains("//") && !path.contains("/.") && path.indexOf('\\') < 0;
    }

    /** RFC 9110, 12.5.3, as far as it says whether the answer may be compressed. */
    static boolean takesGzip(String accepted) {
        return accepted != null && GZIP.matcher(accepted).find();
    }

    /** RFC 9110, 13.1.2: by the weak comparison. */
    static boolean matches(String ifNoneMatch, String tag) {
        return ifNoneMatch != null && Stream.of(ifNoneMatch.split(",")).map(String::strip)
                .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
    }

    private void answer(PageFile file, HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean compressed = takesGzip(request.getHeader("Accept-Encoding"));
        String tag = compressed ? file.tag().replaceFirst("\"$", "-gzip\"") : file.tag();
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("Vary", request.getServletPath().equals("/s") ? "Accept, Accept-Encoding" : "Accept-Encoding");
        response.setHeader("ETag", tag);
        response.setHeader("Content-Security-Policy", POLICY);
        if (matches(request.getHeader("If-None-Match"), tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        byte[] body = compressed ? file.compressed() : file.plain();
        if (compressed) {
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setContentType(file.type());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private Optional<PageFile> read(String path) {
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        try (InputStream file = type == null ? null : getServletContext().getResourceAsStream(path)) {
            if (file == null) {
                return Optional.empty();
            }
            byte[] plain = file.readAllBytes();
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
                gzip.write(plain);
            }
            String tag = '"' + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(plain), 0, 16) + '"';
            return Optional.of(new PageFile(type, plain, compressed.toByteArray(), tag));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
