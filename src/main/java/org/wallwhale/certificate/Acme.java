package org.wallwhale.certificate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.shredzone.acme4j.Account;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;

/** Has a certificate authority that speaks ACME (RFC 8555) certify names, which it looks for by plain HTTP (HTTP-01). */
public final class Acme {
    private static final Duration ANSWERED_WITHIN = Duration.ofMinutes(2);
    private static final Duration LOCAL_WITHIN = Duration.ofSeconds(5);
    private static final int HTTP = 80;
    private static final String NOT_LISTENED = ". Only the server's own port answers, because nobody else could listen: forward port 80 to it, or end what "
            + "has port 80 and run this as a user who may listen there, or name with --port where port 80 is forwarded to";
    private final CertificateFiles files;
    private final Consumer<String> progress;

    /** {@code progress} is told each step, a sentence without its full stop. */
    public Acme(CertificateFiles files, Consumer<String> progress) {
        this.files = files;
        this.progress = progress;
    }

    /** Where the authority's terms can be read; empty when it has none. */
    public Optional<URI> terms(AcmeWish wish) {
        return asked(wish, () -> session(wish).getMetadata().getTermsOfService());
    }

    /**
     * Where to listen for the authority: nowhere if that cannot be, and a server of the same data folder answers there, or may be reached
     * there. That a server answers on a port of its own says nothing of whether port 80 leads to it.
     */
    public static Optional<Integer> listener(CertificateFiles files, TlsConfig config, AcmeWish wish) {
        int port = wish.port().orElse(HTTP);
        return listener(files, wish.port().isPresent() ? Optional.of("http://127.0.0.1:" + port) : config.plain(), port);
    }

    static Optional<Integer> listener(CertificateFiles files, Optional<String> server, int port) {
        return ChallengeListener.isFree(port) || server.filter(base -> isAnswered(files, base)).isEmpty() ? Optional.of(port) : Optional.empty();
    }

    private static boolean isAnswered(CertificateFiles files, String base) {
        ChallengeFiles challenges = new ChallengeFiles(files.challenges());
        String token = "trial-" + UUID.randomUUID();
        challenges.put(token, token);
        try {
            HttpResponse<String> answer = HttpClient.newBuilder().connectTimeout(LOCAL_WITHIN).build().send(HttpRequest
                    .newBuilder(URI.create(base + ChallengeFiles.PATH + token)).timeout(LOCAL_WITHIN).build(), BodyHandlers.ofString());
            return answer.statusCode() == 200 && answer.body().equals(token);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            challenges.remove(token);
        }
    }

    /**
     * The certificate, which is in the server's place on return and is renewed from now on. Whoever calls has agreed to
     * {@link #terms}. Under {@link CertificateFiles#locked}.
     *
     * @param listenAt as {@link #listener} says
     * @throws AcmeException when it does not come
     */
    public KeyedCertificate obtain(AcmeWish wish, Optional<Integer> listenAt) {
        ChallengeFiles challenges = new ChallengeFiles(files.challenges());
        KeyedCertificate certificate;
        if (listenAt.isPresent()) {
            try (ChallengeListener listener = new ChallengeListener(listenAt.get(), challenges)) {
                progress.accept("Answering the authority on port " + listener.port());
                certificate = asked(wish, () -> ordered(wish, challenges, ""));
            }
        } else {
            certificate = asked(wish, () -> ordered(wish, challenges, NOT_LISTENED));
        }
        files.replace(certificate);
        files.keep(wish);
        files.keep(RenewalState.WELL);
        return certificate;
    }

    /** {@code cure} is told when the authority found no answer. */
    private KeyedCertificate ordered(AcmeWish wish, ChallengeFiles challenges, String cure) throws org.shredzone.acme4j.exception.AcmeException, InterruptedException {
        AccountBuilder builder = new AccountBuilder().useKeyPair(files.accountKey()).agreeToTermsOfService();
        wish.mail().ifPresent(builder::addEmail);
        Account account = builder.create(session(wish));
        progress.accept("Known to " + wish.directory().getHost());
        Order order = account.newOrder().identifiers(wish.names().stream().map(Acme::identifier).toList()).create();
        for (Authorization authorization : order.getAuthorizations()) {
            prove(authorization, challenges, cure);
        }
        order.waitUntilReady(ANSWERED_WITHIN);
        KeyPair key = Making.key();
        order.execute(Making.request(wish.names(), key));
        if (order.waitForCompletion(ANSWERED_WITHIN) != Status.VALID) {
            throw refused("The authority did not certify " + String.join(", ", wish.names()), order.getError());
        }
        return new KeyedCertificate(key.getPrivate(), List.copyOf(order.getCertificate().getCertificateChain()));
    }

    private static Identifier identifier(String name) {
        return HostNames.isAddress(name) ? Identifier.ip(name) : Identifier.dns(name);
    }

    private void prove(Authorization authorization, ChallengeFiles challenges, String cure) throws org.shredzone.acme4j.exception.AcmeException, InterruptedException {
        String name = authorization.getIdentifier().getValue();
        if (authorization.getStatus() == Status.VALID) {
            return;
        }
        Http01Challenge challenge = authorization.findChallenge(Http01Challenge.class).orElseThrow(() -> new AcmeException("The authority takes no "
                + "proof by HTTP for " + name + ": certificates for *.names need proof in DNS, which is not done here.", false, null, null));
        challenges.put(challenge.getToken(), challenge.getAuthorization());
        try {
            progress.accept("Proving " + name);
            challenge.trigger();
            if (authorization.waitForCompletion(ANSWERED_WITHIN) != Status.VALID) {
                challenge.fetch();
                throw refused("The authority does not believe that " + name + " is this server: it must find it at http://" + name
                        + ChallengeFiles.PATH + ", on port 80" + cure, challenge.getError());
            }
        } finally {
            challenges.remove(challenge.getToken());
        }
    }

    private static AcmeException refused(String sentence, Optional<org.shredzone.acme4j.Problem> problem) {
        return new AcmeException(sentence + problem.flatMap(org.shredzone.acme4j.Problem::getDetail).map(detail -> " (" + detail + ")").orElse("") + ".",
                false, null, null);
    }

    private static Session session(AcmeWish wish) {
        return new Session(wish.directory(), new AcmeDirectory(wish));
    }

    /** What may go wrong on the way to an authority, told as one kind. */
    private interface Question<T> {
        T ask() throws org.shredzone.acme4j.exception.AcmeException, InterruptedException;
    }

    private static <T> T asked(AcmeWish wish, Question<T> question) {
        try {
            return question.ask();
        } catch (AcmeNetworkException e) {
            throw new AcmeException("The certificate authority at " + wish.directory() + " cannot be reached (" + cause(e) + "): look at the address "
                    + "and the way there, and name who vouches for it if it is one of your own.", true, null, e);
        } catch (AcmeRateLimitedException e) {
            throw new AcmeException("The certificate authority takes no more orders for now (" + e.getMessage() + ").", false,
                    e.getRetryAfter().orElse(null), e);
        } catch (org.shredzone.acme4j.exception.AcmeException e) {
            throw new AcmeException("The certificate authority at " + wish.directory() + " refused (" + e.getMessage() + ").", false, null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AcmeException("Interrupted before the certificate came.", false, null, e);
        }
    }

    /** The innermost says what it was. */
    private static String cause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
