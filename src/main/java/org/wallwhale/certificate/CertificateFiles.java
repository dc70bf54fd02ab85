package org.wallwhale.certificate;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import org.wallwhale.config.DataFolder;

/** What lies in the data folder of certificates, for all instances and for the commands beside them. */
@Dependent
public class CertificateFiles {
    /** Key and certificates in one file, so that one rename replaces both. */
    static final String SERVER = "server.pem";
    private static final String ACCOUNT = "acme-account.pem";
    private static final String WISH = "acme.properties";
    private static final String LOCK = "acme.lock";
    /** For clients that are to trust a self-signed one. */
    private static final String PUBLIC = "certificate.pem";
    private static final FileAttribute<?> PRIVATE = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private final DataFolder data;

    @Inject
    public CertificateFiles(DataFolder data) {
        this.data = data;
    }

    public Path server() {
        return data.secretFile(SERVER);
    }

    /** Where it lies without its key. */
    public Path publicCopy() {
        return data.root().resolve(PUBLIC);
    }

    /** The user that the server runs as, when it is another one than this process is of: it could not read what is written now. */
    public Optional<String> otherOwner() {
        Path secrets = data.root().resolve("secrets");
        Path made = Files.exists(secrets) ? secrets : data.root();
        if (!Files.exists(made)) {
            return Optional.empty();
        }
        try {
            String owner = Files.getOwner(made).getName();
            Path own = Files.createTempFile(made, ".new-", "");
            try {
                return Files.getOwner(own).getName().equals(owner) ? Optional.empty() : Optional.of(owner);
            } finally {
                Files.delete(own);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + made + " cannot be written to", e);
        }
    }

    /** In the place of the server's certificate, at once for whoever reads it. Under {@link #locked}. */
    public void replace(KeyedCertificate certificate) {
        data.replaceSecret(SERVER, certificate.pem());
        write(publicCopy(), certificate.chainPem(), false);
    }

    /**
     * A file that nobody ever reads half of.
     *
     * @param secret whether only its owner may read it
     */
    public static void write(Path file, String text, boolean secret) {
        write(file, text.getBytes(StandardCharsets.UTF_8), secret);
    }

    /** A file that only its owner may read, in the place of an older one. */
    public static void writeSecret(Path file, byte[] content) {
        write(file, content, true);
    }

    private static void write(Path file, byte[] content, boolean secret) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Path aside = Files.createTempFile(folder, ".new-", "");
            try {
                if (!secret && Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                    Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rw-r--r--"));
                }
                Files.write(aside, content, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " could not be written", e);
        }
    }

    /** The key that certificate authorities know this server by, made at first use. */
    KeyPair accountKey() {
        data.secret(ACCOUNT, () -> {
            KeyPair fresh = Making.key();
            return (Pem.text("PRIVATE KEY", fresh.getPrivate().getEncoded()) + Pem.text("PUBLIC KEY", fresh.getPublic().getEncoded()))
                    .getBytes(StandardCharsets.US_ASCII);
        });
        try {
            byte[] known = Pem.block(data.secretFile(ACCOUNT), "PUBLIC KEY");
            return new KeyPair(KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(known)), Pem.key(data.secretFile(ACCOUNT)));
        } catch (GeneralSecurityException e) {
            throw new UnfitCertificateException("The file " + data.secretFile(ACCOUNT) + " does not hold the key of an ACME account.", e);
        }
    }

    /** What is renewed; empty while no certificate came by ACME. */
    public Optional<AcmeWish> wish() {
        Path file = data.secretFile(WISH);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            Properties properties = new Properties();
            properties.load(in);
            return Optional.of(AcmeWish.of(properties));
        } catch (IOException | IllegalArgumentException e) {
            throw new UnfitCertificateException("The file " + file + " cannot be read: run cert acme again.", e);
        }
    }

    void keep(AcmeWish wish) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            wish.properties().store(bytes, "What cert acme was asked for: the server renews it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        data.replaceSecret(WISH, bytes.toByteArray());
    }

    /** From now on nothing is renewed. */
    public void forgetWish() {
        try {
            Files.deleteIfExists(data.secretFile(WISH));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the answers to challenges lie, for all instances. */
    Path challenges() {
        return data.folder("challenges");
    }

    /**
     * Keeps every other process that shares the data folder from doing the same; a file's lock, because a command cannot open an
     * embedded database that a server has.
     *
     * @return what {@code deed} returns; empty when another process is at it
     */
    public <T> Optional<T> locked(Supplier<T> deed) {
        Path file = data.folder("secrets").resolve(LOCK);
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), PRIVATE);
                FileLock lock = channel.tryLock()) {
            return lock == null ? Optional.empty() : Optional.of(deed.get());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " could not be locked", e);
        }
    }

    /** When renewing may be tried again and how often it failed, as the last instance that tried has left it. */
    RenewalState state() {
        return RenewalState.read(data.secretFile(RenewalState.FILE));
    }

    void keep(RenewalState state) {
        data.replaceSecret(RenewalState.FILE, state.text().getBytes(StandardCharsets.UTF_8));
    }
}
