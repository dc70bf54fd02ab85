package org.wallwhale.sandbox;

import java.nio.file.Path;

/**
 * A scripted stand-in for DepotDownloader 3.4.0: same command line, same output, same exit statuses, no Steam. The last two
 * digits of {@code -pubfile} choose what happens ({@link Scenario}). Needs a UTF-8 locale for file names in every script.
 *
 * <p>Exit statuses are those a parent sees: 134 stands for the SIGABRT of a .NET crash and 139 for SIGSEGV, but both are plain
 * exits, because the JVM would answer the real signals with a report file in the working directory.
 */
public final class Sandbox {
    private static final String BANNER = "SANDBOX: this is a scripted stand-in, nothing is downloaded from Steam.";
    private static final int BAD_SCRIPT = 64;

    private Sandbox() {
    }

    /** Runs to the end of the process; never returns. */
    public static void main(String[] words) {
        Console console = new Console();
        console.line(BANNER);
        String homeName = System.getenv("HOME");
        Path home = homeName == null || homeName.isEmpty() ? null : Path.of(homeName);
        Journal journal = new Journal(home);
        journal.start(words, home);
        Runtime.getRuntime().addShutdownHook(new Thread() {
            @Override
            public void run() {
                journal.signal("TERM, INT or HUP");
            }
        });
        int status = status(words, console, journal, home);
        journal.end(status);
        Runtime.getRuntime().halt(status);
    }

    private static int status(String[] words, Console console, Journal journal, Path home) {
        try {
            return run(words, console, journal, home);
        } catch (Exit exit) {
            return exit.status;
        } catch (Unhandled failure) {
            console.errLine("Unhandled exception. ", failure.type, ": ", failure.getMessage());
            console.errLine("   at DepotDownloader.Program.Main(String[] args)");
            console.errLine("   at DepotDownloader.Program.<Main>(String[] args)");
            return Unhandled.STATUS;
        } catch (IllegalArgumentException badScript) {
            console.errLine("SANDBOX: ", badScript.getMessage());
            return BAD_SCRIPT;
        }
    }

    private static int run(String[] words, Console console, Journal journal, Path home) {
        AccountStore store = AccountStore.open(home);
        if (words.length == 0) {
            console.out(Usage.TEXT);
            return 0;
        }
        if (words.length == 1 && (words[0].equals("-V") || words[0].equals("--version"))) {
            console.line("DepotDownloader v3.4.0+c553ef4d60c00a4f5fd16c9fe017f569001589ff");
            console.line("Runtime: .NET 9.0.4 on ", System.getProperty("os.name"));
            return 0;
        }
        Options options = Options.read(new Arguments(words), console);
        Stage stage = new Stage(console, journal, Script.choose(options), options, home);
        if (stage.plays(Scenario.CRASH_START)) {
            throw new Unhandled("System.TypeInitializationException",
                    "The type initializer for 'DepotDownloader.AccountSettingsStore' threw an exception.");
        }
        if (stage.plays(Scenario.IGNORE_TERM)) {
            Signals.ignoreRequestsToStop(journal);
        }
        return new Download(stage, store).run();
    }
}
