package io.signalbox.shop.demo;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Where the live table goes: redrawn in place on a terminal, block after block anywhere else. */
final class Terminal {

    private final PrintStream out;
    private final Kind kind;
    private int drawn;

    Terminal(PrintStream out, Kind kind) {
        this.out = out;
        this.kind = kind;
    }

    /** Since JDK 25 there is again no console at all where the standard input or output leads elsewhere. */
    @SuppressWarnings("SystemConsoleNull")
    static Kind kindOfStandardOutput() {
        Console console = System.console();
        return console != null && console.isTerminal() ? Kind.INTERACTIVE : Kind.PLAIN;
    }

    /** How often a table is worth drawing. */
    Duration period() {
        return switch (kind) {
            case INTERACTIVE -> Duration.ofSeconds(1);
            case PLAIN -> Duration.ofSeconds(5);
        };
    }

    void draw(List<String> lines) {
        switch (kind) {
            case INTERACTIVE -> {
                if (drawn > 0) {
                    out.printf("\033[%dA\033[J", drawn);
                }
            }
            case PLAIN -> out.println();
        }
        lines.forEach(out::println);
        out.flush();
        drawn = lines.size();
    }

    /** Whether what is written can be written over. */
    enum Kind {
        INTERACTIVE,
        PLAIN
    }
}
