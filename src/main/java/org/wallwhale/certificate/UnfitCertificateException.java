package org.wallwhale.certificate;

/** A certificate or key that cannot be used; the message is a sentence for its operator. */
public final class UnfitCertificateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnfitCertificateException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
