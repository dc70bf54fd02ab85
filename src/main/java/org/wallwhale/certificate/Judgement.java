package org.wallwhale.certificate;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * What is to be said of a certificate, with those that come with it.
 *
 * @param names that it is for
 * @param expires when clients will refuse it: the earliest end in the chain, which an intermediate certificate may have
 * @param lasts from the begin of the server's own certificate to {@code expires}
 * @param troubles a sentence each; empty when it is good
 */
public record Judgement(List<String> names, String issuer, Instant expires, Duration lasts, boolean selfSigned, List<String> troubles) {
    /** As Java numbers the kinds of names in a certificate. */
    private static final Collection<Integer> DNS_AND_IP = List.of(2, 7);

    /**
     * By its own word.
     *
     * @param wanted names that it must be good for
     * @param trusted of certificate authorities; empty for those that this Java trusts. A self-signed one is only told of
     * @param warning how long before its end it is a trouble
     */
    public static Judgement of(List<X509Certificate> chain, List<String> wanted, List<X509Certificate> trusted, Duration warning, Instant now) {
        X509Certificate own = chain.get(0);
        // a root that is sent along counts for nobody: clients have their own
        X509Certificate first = needed(chain).stream().filter(one -> one == own || !isSignedBy(one, one)).min((one, other) -> one.getNotAfter().compareTo(other.getNotAfter())).orElseThrow();
        Instant expires = first.getNotAfter().toInstant();
        boolean selfSigned = isSignedBy(own, own);
        List<String> names = names(own);
        List<String> troubles = new ArrayList<>();
        expiry(first, first == own, expires, warning, now).ifPresent(troubles::add);
        needed(chain).stream().filter(one -> one.getNotBefore().toInstant().isAfter(now)).findFirst().ifPresent(one -> troubles.add("It is not good before "
                + one.getNotBefore().toInstant() + "."));
        wanted.stream().filter(name -> names.stream().noneMatch(has -> HostNames.covers(has, name)))
                .forEach(name -> troubles.add("It is not for " + name + ", but for " + (names.isEmpty() ? "no name at all" : String.join(", ", names)) + "."));
        if (selfSigned && !trusted.isEmpty() && !trusted.contains(own)) {
            troubles.add("It is self-signed, and not the one that is trusted.");
        }
        order(chain).or(() -> selfSigned || !expires.isAfter(now) ? Optional.empty() : trust(chain, trusted)).ifPresent(troubles::add);
        return new Judgement(names, own.getIssuerX500Principal().getName(), expires,
                Duration.between(own.getNotBefore().toInstant(), expires), selfSigned, List.copyOf(troubles));
    }

    /** Without those that vouch for none before them, or that another one with the same key outlasts. */
    private static List<X509Certificate> needed(List<X509Certificate> chain) {
        List<X509Certificate> needed = new ArrayList<>(List.of(chain.get(0)));
        while (true) {
            X509Certificate last = needed.get(needed.size() - 1);
            Optional<X509Certificate> next = chain.stream().filter(one -> !needed.contains(one) && isSignedBy(last, one))
                    .max((one, other) -> one.getNotAfter().compareTo(other.getNotAfter()));
            if (next.isEmpty()) {
                return needed;
            }
            needed.add(next.get());
        }
    }

    /** Whether no more than a third of its time is left. */
    boolean isDue(Instant now) {
        return Duration.between(now, expires).compareTo(lasts.dividedBy(3)) < 0;
    }

    private static Optional<String> expiry(X509Certificate first, boolean isOwn, Instant expires, Duration warning, Instant now) {
        String what = isOwn ? "It" : "It is as good as over with a certificate of its chain, " + first.getSubjectX500Principal().getName() + ", which";
        if (!expires.isAfter(now)) {
            return Optional.of(what + " expired on " + expires + ".");
        }
        long days = Duration.between(now, expires).toDays();
        return expires.isAfter(now.plus(warning)) ? Optional.empty()
                : Optional.of(what + " expires on " + expires + ", in " + days + (days == 1 ? " day." : " days."));
    }

    static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            return all == null ? List.of() : all.stream().filter(name -> DNS_AND_IP.contains((Integer) name.get(0)))
                    .map(name -> String.valueOf(name.get(1))).toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** Servers send them so that each vouches for the one before it. */
    private static Optional<String> order(List<X509Certificate> chain) {
        for (int i = 0; i + 1 < chain.size(); i++) {
            if (!isSignedBy(chain.get(i), chain.get(i + 1))) {
                return Optional.of("Its chain is out of order: " + chain.get(i + 1).getSubjectX500Principal().getName() + " does not vouch for "
                        + chain.get(i).getSubjectX500Principal().getName() + ", which stands right before it.");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> trust(List<X509Certificate> chain, List<X509Certificate> trusted) {
        try {
            KeyStore store = trusted.isEmpty() ? null : KeyStore.getInstance("PKCS12");
            if (store != null) {
                store.load(null, null);
                for (X509Certificate authority : trusted) {
                    store.setCertificateEntry("authority-" + store.size(), authority);
                }
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            X509TrustManager manager = Stream.of(factory.getTrustManagers()).filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast).findFirst().orElseThrow();
            manager.checkServerTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN");
            return Optional.empty();
        } catch (GeneralSecurityException | IOException e) {
            boolean isAlone = chain.size() == 1;
            return Optional.of("No authority that is trusted here vouches for it" + (isAlone ? "; no intermediate certificate came with it" : "")
                    + " (" + (e.getCause() == null ? e : e.getCause()).getMessage() + ").");
        }
    }

    private static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
