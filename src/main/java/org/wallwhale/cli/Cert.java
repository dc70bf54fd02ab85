package org.wallwhale.cli;

import picocli.CommandLine.Command;

/** What certificates for TLS need. */
@Command(name = "cert", description = "Makes, gets and checks certificates for TLS.", mixinStandardHelpOptions = true,
        subcommands = {CertSelfSigned.class, CertAcme.class, CertCheck.class, CertServe.class})
final class Cert {
}
