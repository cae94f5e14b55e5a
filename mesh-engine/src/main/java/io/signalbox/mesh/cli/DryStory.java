package io.signalbox.mesh.cli;

import io.signalbox.mesh.config.DurationText;
import io.signalbox.mesh.explain.DryDecision;
import io.signalbox.mesh.explain.DryDecision.OpenCircuit;
import io.signalbox.mesh.explain.DryDecision.VersionChance;
import io.signalbox.mesh.explain.RuleStep;
import io.signalbox.mesh.explain.VersionChoice;
import io.signalbox.mesh.model.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where a request would go, as lines for a person to read. */
final class DryStory {

    private DryStory() {}

    static List<String> of(DryDecision decision) {
        List<String> lines = new ArrayList<>();
        lines.add((decision.source() == null ? "" : decision.source() + " -> ") + decision.service() + ", by revision "
                + decision.revision() + " of the configuration; nothing was sent");
        if (decision.cause() == Cause.UNKNOWN_SERVICE) {
            lines.add("  404 by the mesh: unknown-service");
            return lines;
        }
        for (RuleStep rule : decision.rules()) {
            lines.add("  " + RequestWords.rule(rule));
        }
        for (VersionChance chance : decision.versions()) {
            lines.add("  " + chance(chance));
        }
        for (OpenCircuit circuit : decision.circuits()) {
            lines.add("  circuit " + circuit.sourceInstance() + " -> " + circuit.endpoint() + " is "
                    + circuit.state().wireName());
        }
        return lines;
    }

    static String by(VersionChoice.By by) {
        return switch (by) {
            case RULE -> " by rule";
            case WEIGHTED -> " by fixed shares";
            case CANARY -> " by the canary";
            case AB_HASH -> " by the hash of the A/B key";
            case AB_RANDOM -> " by the A/B test, without a key";
            case AB_CHOICE -> " by the A/B key's own value";
            case UNSPLIT -> ": all versions serve alike";
        };
    }

    private static String chance(VersionChance chance) {
        String share = chance.percent() == 100 ? "goes to " : percent(chance.percent()) + " go to ";
        String version = chance.version() == null ? "any version" : chance.version();
        String by = by(chance.by()) + (chance.rule() == null ? "" : " " + chance.rule());
        String to = chance.endpoints().isEmpty()
                ? "no endpoint: 503 by the mesh, no-endpoints"
                : String.join(", ", chance.endpoints());
        return share + version + by + "; " + to + "; timeout "
                + DurationText.format(chance.limits().timeout());
    }

    private static String percent(double percent) {
        return percent == Math.rint(percent) ? (long) percent + " %" : String.format(Locale.ROOT, "%.2f %%", percent);
    }
}
