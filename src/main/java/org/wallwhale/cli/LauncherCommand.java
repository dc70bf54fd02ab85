package org.wallwhale.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What the launcher {@code ./wallwhale} does itself, here for its help, the completion and the manual page alone. */
final class LauncherCommand {
    private LauncherCommand() {
    }

    static List<CommandSpec> all() {
        return List.of(serve(), dev(), check());
    }

    private static CommandSpec serve() {
        CommandSpec command = command("serve", "Starts the server, from a checkout, until Ctrl-C.", "  wallwhale serve",
                "  WALLWHALE_HTTP_PORT=9090 wallwhale serve", "  wallwhale serve --tls --cert chain.pem --key key.pem");
        command.addOption(flag("--tls", "Serve by TLS, with the certificate that is named, else the one that \"cert\" has made, else a self-signed one."));
        command.addOption(file("--cert", "The certificate and its chain, in PEM."));
        return command.addOption(file("--key", "The certificate's private key, in PEM, which only you may read."));
    }

    private static CommandSpec dev() {
        return command("dev", "Starts the server, from a checkout, and starts it anew whenever a file of src/main changes.", "  wallwhale dev");
    }

    private static CommandSpec check() {
        CommandSpec command = command("check", "Runs the tests, from a checkout.", "  wallwhale check", "  wallwhale check --all",
                "  wallwhale check --chaos 42");
        command.addOption(flag("--all", "Run every test, the long ones too, on all servers: an hour and more."));
        command.addOption(flag("--chaos", "Kill and stop servers and databases at work for half an hour."));
        return command.addPositional(PositionalParamSpec.builder().index("0").arity("0..1").paramLabel("SEED")
                .description("What --chaos draws by; the same one draws the same.").build());
    }

    private static CommandSpec command(String name, String description, String... examples) {
        CommandSpec command = CommandSpec.wrapWithoutInspection((Callable<Integer>) () -> {
            throw new CommandFailure(CommandFailure.USAGE, name + " is a command of the launcher in a checkout: run ./wallwhale " + name + " there.");
        }).name(name).mixinStandardHelpOptions(true);
        command.usageMessage().description(description).footer("%nExamples:%n" + String.join("%n", examples));
        return command;
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name).type(boolean.class).description(description).build();
    }

    private static OptionSpec file(String name, String description) {
        return OptionSpec.builder(name).type(String.class).paramLabel("FILE").description(description).build();
    }
}
