package io.signalbox.mesh.config;

import io.signalbox.mesh.model.CanaryStage;
import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.CanaryTerms;
import io.signalbox.mesh.model.Mirror;
import io.signalbox.mesh.model.RouteMatch;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Reads the {@code stages} of a canary; what they leave out gets the documented defaults. */
final class StageReader {

    private static final List<String> KINDS = List.of("match", "mirror");

    private StageReader() {}

    /** @param otherwise the delay of stages that name none */
    static List<CanaryStage> stages(Section canary, String candidate, Duration otherwise) {
        List<CanaryStage> stages = canary.sections("stages").stream()
                .map(section -> stage(section, candidate, otherwise))
                .toList();
        if (canary.has("stages") && stages.isEmpty()) {
            throw canary.refused("stages", "none", "at least one stage, or the field left out");
        }
        if (stages.size() > CanaryTerms.MOST_STAGES) {
            throw canary.refused("stages", stages.size() + " stages", "at most " + CanaryTerms.MOST_STAGES);
        }
        return stages;
    }

    private static CanaryStage stage(Section section, String candidate, Duration otherwise) {
        section.allowing(Set.of("match", "mirror", "delay", "gate"));
        List<String> given = KINDS.stream().filter(section::has).toList();
        if (given.size() != 1) {
            throw section.refused(
                    given.isEmpty() ? "match" : "mirror",
                    given.isEmpty() ? "missing" : "beside match",
                    "one of match, mirror");
        }
        Duration delay = section.duration("delay").orElse(otherwise);
        CanaryStep.Gate gate = section.parsed("gate", CanaryStep.Gate::parse).orElse(CanaryStep.Gate.NONE);
        if (section.has("match")) {
            RouteMatch match =
                    section.section("match").map(RuleReader::match).orElseThrow(() -> section.missing("match"));
            return section.build(() -> new CanaryStage.Matching(match, delay, gate));
        }
        Mirror mirror = section.section("mirror")
                .map(its -> MirrorReader.copiesTo(its, candidate))
                .orElseThrow(() -> section.missing("mirror"));
        return section.build(() -> new CanaryStage.Mirrored(mirror, delay, gate));
    }
}
