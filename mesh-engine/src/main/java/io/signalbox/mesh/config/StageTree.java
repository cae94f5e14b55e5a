package io.signalbox.mesh.config;

import io.signalbox.mesh.model.CanaryStage;
import io.signalbox.mesh.model.DurationText;
import java.util.LinkedHashMap;
import java.util.Map;

/** A stage of a canary as nested maps, in the order in which a person reads it. */
final class StageTree {

    private StageTree() {}

    static Map<String, Object> of(CanaryStage stage) {
        Map<String, Object> tree = new LinkedHashMap<>();
        switch (stage) {
            case CanaryStage.Matching matching -> tree.put("match", RuleTree.match(matching.match()));
            case CanaryStage.Mirrored mirrored -> {
                Map<String, Object> mirror = MirrorTree.of(mirrored.mirror());
                // the candidate, which the canary names already
                mirror.remove("version");
                tree.put("mirror", mirror);
            }
        }
        tree.put("delay", DurationText.format(stage.delay()));
        tree.put("gate", stage.gate().wireName());
        return tree;
    }
}
