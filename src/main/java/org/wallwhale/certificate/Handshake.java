package org.wallwhale.certificate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** What a server shows to whoever connects to it. Nothing is sent to it, since nobody has been trusted yet. */
public final class Handshake {
    private Handshake() {
    }

    /**
     * In the order in which it came.
     *
     * @param name that it is asked for, which several may share an address with
     * @throws UnfitCertificateException when something answers that shows no certificate
     * @throws IOException when nothing answers
     */
    public static List<X509Certificate> chain(String host, int port, String name, Duration within) throws IOException {
        ShownCertificates shown = new ShownCertificates(null);
        try (Socket plain = connected(host, port, within)) {
            plain.setSoTimeout((int) within.toMillis());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {shown}, null);
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, name, port, true)) {
                socket.startHandshake();
            }
        } catch (SSLException e) {
            if (shown.chain().isEmpty()) {
                throw new UnfitCertificateException("What answers at " + host + " on port " + port + " shows no certificate: is it plain HTTP there?", e);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return shown.chain();
    }

    /** At the first of its addresses where something answers. */
    private static Socket connected(String host, int port, Duration within) throws IOException {
        IOException first = null;
        for (InetAddress address : InetAddress.getAllByName(host)) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, port), (int) within.toMillis());
                return socket;
            } catch (IOException e) {
                socket.close();
                first = first == null ? e : first;
            }
        }
        throw first;
    }

    /** For calls to a server of this machine that shows exactly this certificate, whatever names it is for. */
    public static SSLContext only(X509Certificate certificate) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new ShownCertificates(certificate)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
