package io.signalbox.console.whatif;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.mesh.whatif.Certainty;
import io.signalbox.mesh.whatif.Change;
import io.signalbox.mesh.whatif.WhatIf;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Answers in the words of the person's language. */
public final class WhatIfWords {

    private static final int IN_THE_SENTENCE = 2;
    private static final Pattern ANSWER = Pattern.compile("answer (\\d+) by rule (\\d+)");
    private static final Pattern ATTEMPTS = Pattern.compile("at most (\\d+) attempts");
    private static final Pattern RULE = Pattern.compile("rule (.+)");

    private final Texts texts;
    private final Formats formats;

    public WhatIfWords(Texts texts, Formats formats) {
        this.texts = texts;
        this.formats = formats;
    }

    /** The whole answer in one sentence. */
    public String sentence(WhatIf answer) {
        String lately = formats.span(span(answer));
        if (answer.recorded() == 0) {
            return texts.get("whatif.none", answer.service(), lately);
        }
        if (answer.evaluated() == 0) {
            return texts.get("whatif.unsaid", formats.count(answer.recorded()), lately);
        }
        String of = texts.counted("whatif.of", answer.evaluated(), formats.count(answer.evaluated()), lately);
        if (answer.changes().isEmpty()) {
            return of + " " + texts.get("whatif.same");
        }
        return of + " "
                + answer.changes().stream()
                        .limit(IN_THE_SENTENCE)
                        .map(change -> count(change) + " " + words(change))
                        .collect(Collectors.joining("; "))
                + ".";
    }

    private static Duration span(WhatIf answer) {
        Duration exact = Duration.between(answer.from(), answer.until());
        return exact.toMinutes() > 0 ? exact.truncatedTo(ChronoUnit.MINUTES) : exact.truncatedTo(ChronoUnit.SECONDS);
    }

    /** What it rests on. */
    String basis(WhatIf answer) {
        Double share = WhatIf.share(answer.recorded(), answer.counted());
        String kept = share == null || answer.counted() == null
                ? texts.get("whatif.kept", formats.count(answer.recorded()))
                : texts.get(
                        "whatif.kept.of",
                        formats.count(answer.recorded()),
                        formats.count(answer.counted()),
                        formats.share(share));
        return texts.get("whatif.against", answer.policyRevision()) + " " + kept + " "
                + texts.get("whatif.troubled", formats.count(answer.troubled())) + earlier(answer);
    }

    /** That of the time before but a part is held. */
    private String earlier(WhatIf answer) {
        WhatIf.Earlier earlier = answer.earlier();
        if (earlier == null) {
            return "";
        }
        Duration whole = Duration.between(earlier.until(), answer.until());
        return " "
                + texts.get(
                        "whatif.earlier",
                        formats.span(whole.truncatedTo(ChronoUnit.SECONDS)),
                        formats.count(earlier.oneTraceIn()),
                        formats.count(earlier.sampled()));
    }

    /** How many, an estimate said to be one. */
    String count(Change change) {
        String number = formats.count(change.requests());
        return change.certainty() == Certainty.EXACT ? number : texts.get("whatif.about", number);
    }

    /** What would become of them. */
    String words(Change change) {
        return texts.get("whatif.change." + key(change.kind()), label(change.from()), label(change.to()));
    }

    String ofAll(Change change) {
        return Optional.ofNullable(change.percentOfAll())
                .map(percent -> texts.get("whatif.of-all", formats.share(percent / 100)))
                .orElse("");
    }

    String certainty(Change change) {
        return texts.get("whatif." + key(change.certainty()));
    }

    String why(Change change) {
        boolean exact = change.certainty() == Certainty.EXACT;
        String why = switch (change.kind()) {
            case LIMITED, NOT_LIMITED -> "limits";
            case CIRCUIT_OPEN, CIRCUIT_NOT_OPEN -> "circuits";
            case TIMED_OUT -> "took";
            case FAULT, NO_FAULT, MIRRORED, NOT_MIRRORED -> exact ? "all" : "share";
            case RETRY -> exact ? "terms" : "chance";
            case VERSION, NO_ENDPOINTS, ANSWER, DENIED, ADMITTED, TIMEOUT, EDITS -> exact ? "decided" : "chance";
        };
        return texts.get("whatif.why." + why);
    }

    String unknown(WhatIf.Unknown unknown) {
        return texts.get("whatif.unknown." + key(unknown.reason()), formats.count(unknown.requests()));
    }

    String notReplayed(WhatIf answer) {
        return texts.get("whatif.not-replayed", String.join(", ", answer.notReplayed()));
    }

    String passedOver(WhatIf answer) {
        return texts.get("whatif.passed-over", formats.count(answer.passedOver()));
    }

    /** The mesh's own words; names are left as they are. */
    private String label(String told) {
        Matcher answer = ANSWER.matcher(told);
        if (answer.matches()) {
            return texts.get("whatif.label.answer", answer.group(1), answer.group(2));
        }
        Matcher attempts = ATTEMPTS.matcher(told);
        if (attempts.matches()) {
            return texts.get("whatif.label.attempts", attempts.group(1));
        }
        Matcher rule = RULE.matcher(told);
        if (rule.matches()) {
            return texts.get("whatif.label.rule", rule.group(1));
        }
        return switch (told) {
            case "any version" -> texts.get("whatif.label.any");
            case "the default" -> texts.get("whatif.label.default");
            case "no service" -> texts.get("whatif.label.no-service");
            case "no retries" -> texts.get("whatif.label.no-retries");
            default -> told;
        };
    }

    private static String key(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
