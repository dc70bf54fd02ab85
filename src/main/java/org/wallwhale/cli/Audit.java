package org.wallwhale.cli;

import picocli.CommandLine.Command;

/** What auditors do. */
@Command(name = "audit", description = "Looks after the audit log.", subcommands = {AuditVerify.class, AuditExport.class}, mixinStandardHelpOptions = true)
final class Audit {
}
