package io.signalbox.mesh.proxy.conformance;

import io.signalbox.mesh.proxy.conformance.Outcome.Ending;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plays one case against the sidecar, and judges what came of it. */
final class RequestRun {

    private final RequestCase sent;
    private final RecordingUpstream upstream;
    private final Caller caller;
    private final List<Answer> answers = new ArrayList<>();
    private final List<String> trouble = new ArrayList<>();
    private Caller.@Nullable End end;

    private RequestRun(RequestCase sent, RecordingUpstream upstream, Caller caller) {
        this.sent = sent;
        this.upstream = upstream;
        this.caller = caller;
    }

    /** Throws an {@link AssertionError} unless the outcome is an allowed one. */
    static void of(RequestCase sent, Caller.Pace pace, ConformanceMesh mesh) throws IOException {
        try (RecordingUpstream upstream = new RecordingUpstream(sent.replies())) {
            mesh.callGoesTo(upstream);
            RequestRun run;
            try (Caller caller = mesh.caller()) {
                run = new RequestRun(sent, upstream, caller);
                run.play(pace);
            }
            run.probe(mesh);
            upstream.close();
            run.judge();
        }
    }

    private void play(Caller.Pace pace) {
        try {
            caller.send(Wire.bytes(sent.parts().getFirst()), pace);
            if (sent.half()) {
                caller.end();
            }
            List<Message> interim = new ArrayList<>();
            Message begun = null;
            for (String part : sent.parts().subList(1, sent.parts().size())) {
                begun = caller.head();
                if (begun == null || begun.status() >= 200) {
                    break;
                }
                interim.add(begun);
                begun = null;
                caller.send(Wire.bytes(part), pace);
            }
            readAnswers(interim, begun);
            watchTheEnd();
        } catch (IOException e) {
            trouble.add("the answer cannot be read: " + e.getMessage());
        }
    }

    private void readAnswers(List<Message> interim, @Nullable Message begun) throws IOException {
        int most = sent.allowed().stream().mapToInt(RequestRun::answersOf).max().orElse(0);
        boolean more = true;
        while (more && answers.size() < most) {
            int next = answers.size();
            if (next > 0 && mayRestAfter(next)) {
                caller.end();
            }
            Answer answer = next == 0
                    ? caller.answerTo(method(next), version(), interim, begun)
                    : caller.answerTo(method(next), version());
            if (answer != null) {
                answers.add(answer);
            }
            more = answer != null && answer.complete();
        }
    }

    /** Whether the sidecar closes is only to be seen while the caller does not. */
    private void watchTheEnd() {
        if (upstream.malformed().isEmpty() && sent.allowed().stream().anyMatch(this::callsForTheEnd)) {
            end = caller.atEnd();
        }
        if (end == null || end == Caller.End.OPEN) {
            caller.end();
            if (caller.atEnd() == Caller.End.MORE) {
                trouble.add("more bytes than answers");
            }
        }
    }

    private boolean callsForTheEnd(Outcome outcome) {
        int status = answers.isEmpty() ? Outcome.SILENCE : answers.getLast().status();
        return switch (outcome.ending()) {
            case Ending.Free _, Ending.Declined _ -> false;
            case Ending.Closed _ -> answers.size() == outcome.wants().size();
            case Ending.Refused refused -> refused.statuses().contains(status);
            case Ending.Broken _ -> status >= 400;
        };
    }

    private void probe(ConformanceMesh mesh) {
        try {
            mesh.probe(upstream);
        } catch (IOException | AssertionError e) {
            trouble.add("the call after it: " + e.getMessage());
        }
    }

    private void judge() {
        upstream.malformed().forEach(bytes -> trouble.add("the application was sent " + bytes));
        List<String> complaints = new ArrayList<>();
        for (Outcome outcome : sent.allowed()) {
            List<String> wrong = new ArrayList<>(trouble);
            compare(outcome, wrong);
            if (wrong.isEmpty()) {
                return;
            }
            complaints.add(outcome.ending() + ": " + String.join("; ", wrong));
        }
        throw new AssertionError(sent.name() + "\n  " + String.join("\n  or ", complaints) + "\n  caller got " + answers
                + " and then " + end + "\n  application got "
                + upstream.whole().stream().map(Object::toString).collect(Collectors.joining("\n    "))
                + " and in part " + upstream.partial());
    }

    private void compare(Outcome outcome, List<String> wrong) {
        List<RecordingUpstream.Seen> whole = upstream.whole();
        expect(wrong, "requests", whole.size(), outcome.wants().size());
        for (int i = 0; i < Math.min(whole.size(), outcome.wants().size()); i++) {
            String difference = outcome.wants().get(i).difference(whole.get(i).request());
            if (!difference.isEmpty()) {
                wrong.add("request " + i + ": " + difference);
            }
            if (sent.replies().isEmpty()) {
                int serial = i < answers.size() ? answers.get(i).seen() : -1;
                expect(wrong, "answer " + i + " is to", serial, whole.get(i).serial());
            }
        }
        compareEnd(outcome, wrong);
    }

    private void compareEnd(Outcome outcome, List<String> wrong) {
        boolean extra = answers.size() > outcome.wants().size();
        int status = extra ? answers.getLast().status() : Outcome.SILENCE;
        if (answers.size() > outcome.wants().size() + 1
                || (extra && answers.getLast().seen() > 0)) {
            wrong.add("answers: " + answers.size());
        }
        switch (outcome.ending()) {
            case Ending.Free _, Ending.Closed _ -> expect(wrong, "further answer", status, Outcome.SILENCE);
            case Ending.Refused refused -> expectOneOf(wrong, status, refused.statuses());
            case Ending.Declined declined -> expectOneOf(wrong, status, declined.statuses());
            case Ending.Broken _ -> {
                if (extra && status < 400) {
                    wrong.add("status: " + status + " (expected: an error)");
                }
            }
        }
        if (mustClose(outcome.ending()) && end != Caller.End.CLOSED && !sent.half()) {
            wrong.add("the connection stays open");
        }
        if (!(outcome.ending() instanceof Ending.Broken) && !upstream.partial().isEmpty()) {
            wrong.add("a part of a request was sent on: " + upstream.partial());
        }
    }

    private boolean mayRestAfter(int count) {
        return sent.allowed().stream()
                .anyMatch(outcome -> outcome.ending() instanceof Ending.Free
                        && outcome.wants().size() == count);
    }

    private static boolean mustClose(Ending ending) {
        return switch (ending) {
            case Ending.Closed _, Ending.Refused _, Ending.Broken _ -> true;
            case Ending.Free _, Ending.Declined _ -> false;
        };
    }

    private static int answersOf(Outcome outcome) {
        return switch (outcome.ending()) {
            case Ending.Free _, Ending.Closed _ -> outcome.wants().size();
            case Ending.Refused _, Ending.Declined _, Ending.Broken _ ->
                outcome.wants().size() + 1;
        };
    }

    private String method(int answer) {
        String first = answer == 0 && sent.parts().getFirst().startsWith("HEAD ") ? "HEAD" : "GET";
        return sent.allowed().stream()
                .filter(outcome -> outcome.wants().size() > answer)
                .map(outcome -> outcome.wants().get(answer).method())
                .findFirst()
                .orElse(first);
    }

    private String version() {
        return sent.parts().getFirst().lines().findFirst().orElse("").endsWith("HTTP/1.0") ? "HTTP/1.0" : "HTTP/1.1";
    }

    private static void expect(List<String> wrong, String what, int seen, int wanted) {
        if (seen != wanted) {
            wrong.add(what + ": " + seen + " (expected: " + wanted + ")");
        }
    }

    private static void expectOneOf(List<String> wrong, int status, Set<Integer> statuses) {
        if (!statuses.contains(status)) {
            wrong.add("status: " + status + " (expected: one of " + statuses + ")");
        }
    }
}
