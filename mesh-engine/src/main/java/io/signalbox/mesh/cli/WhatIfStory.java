package io.signalbox.mesh.cli;

import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.whatif.Certainty;
import io.signalbox.mesh.whatif.Change;
import io.signalbox.mesh.whatif.WhatIf;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What would have been otherwise, as lines for a person to read. */
final class WhatIfStory {

    private static final int IN_THE_SENTENCE = 3;

    private WhatIfStory() {}

    static List<String> of(List<WhatIf> answers) {
        List<String> lines = new ArrayList<>();
        for (WhatIf answer : answers) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.add(answer.service() + ": " + sentence(answer));
            if (answer.recorded() > 0) {
                details(answer, lines);
            }
        }
        return lines;
    }

    /** Of one service, the greatest changes in words. */
    private static String sentence(WhatIf answer) {
        if (answer.recorded() == 0) {
            return "nothing recorded yet: no request to it that is kept ended " + lately(answer)
                    + "; send some, or ask further back with --last";
        }
        String of = "of " + count(answer.evaluated(), "request") + " " + lately(answer) + ", ";
        if (answer.evaluated() == 0) {
            return of + "so nothing can be said: " + unknown(answer);
        }
        if (answer.changes().isEmpty()) {
            return of + "none would go otherwise";
        }
        String changes = answer.changes().stream()
                .limit(IN_THE_SENTENCE)
                .map(WhatIfStory::words)
                .collect(Collectors.joining("; "));
        int more = answer.changes().size() - IN_THE_SENTENCE;
        return of + changes + (more > 0 ? "; and " + more + " more" : "");
    }

    private static String lately(WhatIf answer) {
        Duration span = Duration.between(answer.from(), answer.until()).truncatedTo(ChronoUnit.SECONDS);
        return "in the last " + (span.isZero() ? "second" : DurationText.format(span));
    }

    private static void details(WhatIf answer, List<String> lines) {
        String all = answer.counted() == null
                ? "; how many there were in all is not known"
                : " of about " + answer.counted() + " (" + percent(WhatIf.share(answer.recorded(), answer.counted()))
                        + ")";
        lines.add(
                "  compared with " + (answer.policyRevision() == 0 ? "the defaults" : "rev " + answer.policyRevision())
                        + "; kept: " + answer.recorded() + all + ", " + answer.troubled()
                        + " of them since they failed, were slow or were tried again");
        WhatIf.Earlier earlier = answer.earlier();
        if (earlier != null) {
            Duration ago = Duration.between(earlier.until(), answer.until()).truncatedTo(ChronoUnit.SECONDS);
            lines.add("  of those before the last " + DurationText.format(ago) + " that went well, 1 trace in "
                    + earlier.oneTraceIn() + " is held: " + count(earlier.sampled(), "request")
                    + ", which weigh as many in what is said of all");
        }
        if (!answer.changes().isEmpty()) {
            Table table = new Table("CHANGE", ">REQUESTS", ">OF ALL", "CERTAINTY", "EXAMPLES", "WHY");
            for (Change change : answer.changes()) {
                table.row(
                        row(change),
                        (change.certainty() == Certainty.ESTIMATE ? "about " : "") + change.requests(),
                        change.percentOfAll() == null ? Words.NONE : "about " + percent(change.percentOfAll() / 100),
                        RequestWords.word(change.certainty()),
                        String.join(" ", change.examples()),
                        change.why());
            }
            table.lines().forEach(line -> lines.add("  " + line));
        }
        if (!answer.unknown().isEmpty() && answer.evaluated() > 0) {
            lines.add("  unknown: " + unknown(answer));
        }
        if (answer.passedOver() > 0) {
            lines.add("  left out: " + count(answer.passedOver(), "older request") + ", because of --limit");
        }
        if (!answer.notReplayed().isEmpty()) {
            lines.add("  not replayed, though it differs: " + String.join(", ", answer.notReplayed()));
        }
    }

    private static String unknown(WhatIf answer) {
        return answer.unknown().stream()
                .map(unknown -> unknown.requests() + " "
                        + switch (unknown.reason()) {
                            case NOT_TOLD -> "that their sidecars, in other processes, did not tell whole";
                            case HEAD_CUT -> "of which a field is looked at that was not kept";
                            case SECRET -> "of which a secret is looked at that their sidecars keep to themselves";
                            case UNDECIDED -> "that ended before anything was decided";
                            case TOO_MANY_DRAWS -> "with too many draws left to chance";
                        })
                .collect(Collectors.joining(", "));
    }

    private static String words(Change change) {
        String some = (change.certainty() == Certainty.ESTIMATE ? "about " : "") + change.requests() + " would ";
        return some
                + switch (change.kind()) {
                    case VERSION -> "go to " + change.to() + " instead of " + change.from();
                    case NO_ENDPOINTS -> "find no endpoint of " + change.to();
                    case ANSWER -> "get " + change.to() + " instead of " + change.from();
                    case DENIED -> "be denied by " + change.to();
                    case ADMITTED -> "no longer be denied by " + change.from();
                    case LIMITED -> "be refused by a rate limit";
                    case NOT_LIMITED -> "no longer be refused by a rate limit";
                    case CIRCUIT_OPEN -> "find a circuit open";
                    case CIRCUIT_NOT_OPEN -> "no longer find a circuit open";
                    case TIMEOUT -> "have a timeout of " + change.to() + " instead of " + change.from();
                    case TIMED_OUT -> "not be answered within " + change.to();
                    case RETRY -> "be tried with " + change.to() + " instead of " + change.from();
                    case EDITS -> "be changed otherwise on the way";
                    case MIRRORED -> "be copied to " + change.to();
                    case NOT_MIRRORED -> "no longer be copied to " + change.from();
                    case FAULT -> "be hit by fault " + change.to();
                    case NO_FAULT -> "no longer be hit by fault " + change.from();
                };
    }

    private static String row(Change change) {
        String kind = RequestWords.word(change.kind());
        String from = change.from();
        String to = change.to();
        if (from.isEmpty() && to.isEmpty()) {
            return kind;
        }
        return kind + ": " + (from.isEmpty() || to.isEmpty() ? from + to : from + " -> " + to);
    }

    private static String percent(@Nullable Double share) {
        return share == null ? Words.NONE : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
