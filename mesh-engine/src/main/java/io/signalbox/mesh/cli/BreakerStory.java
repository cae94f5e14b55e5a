package io.signalbox.mesh.cli;

import io.signalbox.mesh.autopsy.BreakerAutopsy;
import io.signalbox.mesh.autopsy.CircuitAutopsy;
import io.signalbox.mesh.autopsy.Counterfactual;
import io.signalbox.mesh.autopsy.RecordedCall;
import io.signalbox.mesh.autopsy.RefusedSource;
import io.signalbox.mesh.resilience.CallOutcome.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Why circuits opened as lines for a person to read: the latest opening in full, the others in a line each. */
final class BreakerStory {

    private static final int FEWEST_CALLS = 10;
    private static final int MOST_CALLS = 40;

    private final List<String> lines = new ArrayList<>();

    private BreakerStory() {}

    static List<String> of(BreakerAutopsy autopsy) {
        BreakerStory story = new BreakerStory();
        story.tell(autopsy.circuits().getFirst());
        List<CircuitAutopsy> others =
                autopsy.circuits().subList(1, autopsy.circuits().size());
        if (!others.isEmpty()) {
            story.lines.add("");
        }
        for (CircuitAutopsy other : others) {
            story.lines.add(other.sourceInstance() + " -> " + other.endpoint() + "  opened at "
                    + Words.clock(other.opened()) + ": " + AutopsyWords.because(other) + "; refused "
                    + other.refused().getFirst().calls());
        }
        if (!autopsy.neverOpened().isEmpty()) {
            story.lines.add("");
            story.lines.add("never opened by itself: " + String.join(", ", autopsy.neverOpened()));
        }
        List<String> untold = autopsy.untold();
        if (untold != null) {
            story.lines.add("");
            story.lines.add("not told, since their sidecars did not answer: " + String.join(", ", untold));
        }
        return story.lines;
    }

    private void tell(CircuitAutopsy circuit) {
        lines.add(circuit.sourceInstance() + " -> " + circuit.endpoint() + "  opened at "
                + AutopsyWords.clock(circuit.opened()));
        part("because", AutopsyWords.because(circuit));
        part("settings", AutopsyWords.settings(circuit));
        part("now", circuit.state().wireName() + trials(circuit));
        String name = "refused";
        for (RefusedSource source : circuit.refused()) {
            part(name, refused(source));
            name = "";
        }
        calls(circuit);
        if (!circuit.late().isEmpty()) {
            long failed = circuit.late().stream()
                    .filter(call -> call.verdict() == Verdict.FAILED)
                    .count();
            part(
                    "late",
                    circuit.late().size() + " under way then have ended since and no longer count; " + failed
                            + " failed");
        }
        name = "with";
        for (Counterfactual other : circuit.counterfactuals()) {
            part(name, AutopsyWords.counterfactual(other));
            name = "";
        }
    }

    private static String trials(CircuitAutopsy circuit) {
        RecordedCall last = circuit.lastTrial();
        return last == null
                ? ""
                : "; opened again by " + (circuit.failedTrials() == 1 ? "1 trial" : circuit.failedTrials() + " trials")
                        + ", the last at " + Words.clock(last.at()) + ": " + AutopsyWords.answer(last);
    }

    private static String refused(RefusedSource source) {
        return source.calls() + " calls of " + source.sourceInstance()
                + (source.first() == null || source.last() == null
                        ? ""
                        : ", from " + Words.clock(source.first()) + " to " + Words.clock(source.last()));
    }

    private void calls(CircuitAutopsy circuit) {
        List<RecordedCall> all = circuit.calls();
        int shown = Math.min(all.size(), Math.clamp(circuit.judged(), FEWEST_CALLS, MOST_CALLS));
        long before = circuit.earlierCalls() + all.size() - shown;
        part(
                "calls",
                "the last " + shown + ", those it opened for marked *"
                        + (before == 0 ? "" : "; " + before + " before them since it was closed"));
        Table table = new Table("", ">CALL", "ENDED", ">TOOK", "ANSWER", "REQUEST");
        for (int i = all.size() - shown; i < all.size(); i++) {
            RecordedCall call = all.get(i);
            String id = call.requestId();
            table.row(
                    i >= all.size() - circuit.judged() ? "*" : "",
                    String.valueOf(i + 1),
                    AutopsyWords.clock(call.at()),
                    AutopsyWords.took(call),
                    AutopsyWords.answer(call),
                    id == null ? Words.NONE : id + (call.explained() ? "" : " (not kept)"));
        }
        table.lines().forEach(line -> lines.add("    " + line));
    }

    private void part(String name, String text) {
        lines.add("  " + name + " ".repeat(Math.max(0, 12 - name.length())) + text);
    }
}
