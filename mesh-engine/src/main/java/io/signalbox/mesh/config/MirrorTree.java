package io.signalbox.mesh.config;

import io.signalbox.mesh.model.Mirror;
import io.signalbox.mesh.model.RouteMatch;
import java.util.LinkedHashMap;
import java.util.Map;

/** A mirror as nested maps, lists and scalars in the order in which a person reads it. */
final class MirrorTree {

    private MirrorTree() {}

    static Map<String, Object> of(Mirror mirror) {
        Map<String, Object> tree = new LinkedHashMap<>();
        mirror.version().ifPresent(version -> tree.put("version", version));
        mirror.service().ifPresent(service -> tree.put("service", service));
        if (!mirror.match().equals(RouteMatch.ANY)) {
            tree.put("match", RuleTree.match(mirror.match()));
        }
        tree.put("share", mirror.share());
        tree.put("methods", mirror.methods().stream().sorted().toList());
        tree.put("maxInFlight", mirror.maxInFlight());
        mirror.diff().ifPresent(diff -> {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("noiseShare", diff.noiseShare());
            if (!diff.ignoreHeaders().isEmpty()) {
                fields.put(
                        "ignoreHeaders", diff.ignoreHeaders().stream().sorted().toList());
            }
            tree.put("diff", fields);
        });
        return tree;
    }
}
