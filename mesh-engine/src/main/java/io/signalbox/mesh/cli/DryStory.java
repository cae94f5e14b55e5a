package io.signalbox.mesh.cli;

import io.signalbox.mesh.explain.DryDecision;
import io.signalbox.mesh.explain.DryDecision.AccessAnswer;
import io.signalbox.mesh.explain.DryDecision.AnswerChance;
import io.signalbox.mesh.explain.DryDecision.CallerRate;
import io.signalbox.mesh.explain.DryDecision.FaultChance;
import io.signalbox.mesh.explain.DryDecision.MirrorChance;
import io.signalbox.mesh.explain.DryDecision.OpenCircuit;
import io.signalbox.mesh.explain.DryDecision.VersionChance;
import io.signalbox.mesh.explain.RuleStep;
import io.signalbox.mesh.explain.VersionChoice;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.routing.StickyKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a request would go, as lines for a person to read. */
final class DryStory {

    private DryStory() {}

    static List<String> of(DryDecision decision) {
        List<String> lines = new ArrayList<>();
        lines.add((decision.source() == null ? "" : decision.source() + " -> ") + decision.service() + ", by "
                + RequestWords.revisions(decision.policyRevision(), decision.revision()) + "; nothing was sent");
        if (decision.cause() == Cause.UNKNOWN_SERVICE) {
            lines.add("  404 by the mesh: unknown-service");
            return lines;
        }
        for (RuleStep rule : decision.rules()) {
            lines.add("  " + RequestWords.rule(rule));
        }
        if (decision.key() != null) {
            lines.add("  key: " + key(decision.key()));
        }
        for (AnswerChance chance : decision.answers()) {
            lines.add("  " + share(chance.percent(), "gets", "get") + " the answer "
                    + RequestWords.answer(chance.answer()) + " by rule "
                    + chance.answer().rule());
        }
        for (VersionChance chance : decision.versions()) {
            lines.add("  " + chance(chance));
        }
        for (FaultChance fault : decision.faults()) {
            lines.add("  " + fault(fault));
        }
        MirrorChance mirror = decision.mirror();
        if (mirror != null) {
            lines.add("  copies of " + percent(mirror.percent()) + " go to " + mirror.to()
                    + (mirror.compared() ? ", whose answers are compared" : ""));
        }
        AccessAnswer access = decision.access();
        if (access != null) {
            lines.add("  " + access(access, decision.service()));
        }
        CallerRate taken = decision.callerLimit();
        if (taken != null) {
            lines.add("  " + taken(taken));
        }
        for (OpenCircuit circuit : decision.circuits()) {
            lines.add("  circuit " + circuit.sourceInstance() + " -> " + circuit.endpoint() + " is "
                    + circuit.state().wireName() + reason(circuit.why())
                    + (circuit.ejected() == null ? "" : "; the endpoint is ejected" + reason(circuit.ejected())));
        }
        return lines;
    }

    /** Whoever has no key yet may be given one, and stays where that draws; a header nobody gives. */
    private static String key(StickyKey key) {
        return key.origin() == StickyKey.Origin.NONE
                ? key.subject() + " is absent: every draw is by chance, until the caller has one"
                : RequestWords.key(key);
    }

    private static String reason(@Nullable String why) {
        return why == null ? "" : " (" + why + ")";
    }

    static String by(VersionChoice.By by) {
        return switch (by) {
            case RULE -> " by rule";
            case RULE_SHARE -> " by its share of rule";
            case WEIGHTED -> " by fixed shares";
            case CANARY -> " by the canary";
            case AB_HASH -> " by the hash of the A/B key";
            case AB_RANDOM -> " by the A/B test, without a key";
            case AB_CHOICE -> " by the A/B key's own value";
            case STICKY -> " by the stable key";
            case UNSPLIT -> ": all versions serve alike";
        };
    }

    private static String chance(VersionChance chance) {
        String share = share(chance.percent(), "goes", "go") + " to ";
        String version = chance.version() == null ? "any version" : chance.version();
        String by = by(chance.by()) + (chance.rule() == null ? "" : " " + chance.rule());
        String to = chance.endpoints().isEmpty()
                ? "no endpoint: 503 by the mesh, no-endpoints"
                : String.join(", ", chance.endpoints());
        return share + version + by + "; " + to + "; timeout "
                + DurationText.format(chance.limits().timeout());
    }

    private static String fault(FaultChance fault) {
        return "fault " + fault.name() + " befalls " + percent(fault.percent())
                + switch (fault.side()) {
                    case CLIENT -> " of the attempts";
                    case SERVER -> " of what arrives";
                }
                + (fault.version() == null ? "" : " at " + fault.version())
                + switch (fault.side()) {
                    case CLIENT -> ", at the caller: ";
                    case SERVER -> ", at the service: ";
                }
                + String.join(", then ", fault.does());
    }

    private static String access(AccessAnswer access, String service) {
        String by = access.rule() == null ? "by default" : "by authorization rule " + access.rule();
        return switch (access.decision()) {
            case ALLOWED -> service + " lets " + access.caller() + " in " + by;
            case DENIED -> service + " denies it to " + access.caller() + " " + by + ": 403 by the mesh, access-denied";
            case WOULD_DENY -> service + " would deny it to " + access.caller() + " " + by + ", but for the dry run";
        };
    }

    private static String taken(CallerRate rate) {
        return "each instance takes " + rate.requests() + " in " + DurationText.format(rate.per()) + ", " + rate.burst()
                + " at once, "
                + (rate.identity() == null ? "of each identity that a caller proves" : "of " + rate.identity());
    }

    private static String share(double percent, String one, String many) {
        return percent == 100 ? one : percent(percent) + " " + many;
    }

    private static String percent(double percent) {
        return percent == Math.rint(percent) ? (long) percent + " %" : String.format(Locale.ROOT, "%.2f %%", percent);
    }
}
