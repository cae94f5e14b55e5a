package io.signalbox.mesh.proxy.conformance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has the application answer as one case says, and judges what the caller and the next caller get. */
final class AnswerRun {

    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final AnswerCase sent;
    private final RecordingUpstream upstream;
    private final List<Answer> got = new ArrayList<>();
    private final List<String> trouble = new ArrayList<>();
    private RecordingUpstream.@Nullable Seen next;

    private AnswerRun(AnswerCase sent, RecordingUpstream upstream) {
        this.sent = sent;
        this.upstream = upstream;
    }

    /** Throws an {@link AssertionError} unless the result is an allowed one. */
    static void of(AnswerCase sent, ConformanceMesh mesh) throws IOException, InterruptedException {
        try (RecordingUpstream upstream = new RecordingUpstream(List.of(sent.reply()))) {
            mesh.callGoesTo(upstream);
            AnswerRun run = new AnswerRun(sent, upstream);
            try (Caller caller = mesh.caller()) {
                run.ask(caller);
                run.watchTheConnection();
                run.probe(mesh);
                run.endWith(caller);
            }
            upstream.close();
            run.judge();
        }
    }

    private void ask(Caller caller) {
        try {
            caller.send(sent.request());
            Answer answer = caller.answerTo(sent.method(), sent.version());
            if (answer != null) {
                got.add(answer);
            }
        } catch (IOException e) {
            trouble.add("the answer cannot be read: " + e.getMessage());
        }
    }

    private void watchTheConnection() throws InterruptedException {
        if (sent.unasked() != null) {
            upstream.sendUnasked(sent.unasked());
        }
        if (sent.fresh() && !upstream.firstConnectionEnds(PATIENCE)) {
            trouble.add("the connection to the application is kept");
        }
    }

    /** The caller keeps its end open until here: one that leaves early has its call cut, and the connection with it. */
    private void endWith(Caller caller) {
        caller.end();
        if (!got.isEmpty() && caller.atEnd() == Caller.End.MORE) {
            trouble.add("the caller got more bytes than its answer");
        }
    }

    private void probe(ConformanceMesh mesh) {
        try {
            next = mesh.probe(upstream);
        } catch (IOException | AssertionError e) {
            trouble.add("the call after it: " + e.getMessage());
        }
    }

    private void judge() {
        upstream.malformed().forEach(bytes -> trouble.add("the application was sent " + bytes));
        List<String> complaints = new ArrayList<>();
        for (Result result : sent.allowed()) {
            List<String> wrong = new ArrayList<>(trouble);
            wrong.addAll(result.difference(got));
            boolean reused = next != null && next.connection() == 1;
            if (reused && (sent.fresh() || !(result instanceof Result.Passed))) {
                wrong.add("the connection to the application is used again");
            }
            if (wrong.isEmpty()) {
                return;
            }
            complaints.add(result.getClass().getSimpleName() + ": " + String.join("; ", wrong));
        }
        throw new AssertionError(sent.name() + "\n  " + String.join("\n  or ", complaints) + "\n  caller got " + got);
    }
}
