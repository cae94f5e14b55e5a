package io.signalbox.console.topology.panel;

import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.Tag;
import io.signalbox.mesh.client.MeshConnection.PolicyText;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.Fault;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Tooltip;

/** Which faults a policy has in force, and the tag that says so beside a service's or an edge's others. */
final class FaultTags {

    private FaultTags() {}

    /** Their names; none where the policy is not known, or of a mesh that knows more fields than this console. */
    static List<String> inForce(Optional<PolicyText> policy) {
        try {
            return policy
                    .map(text ->
                            PolicyFormat.readStored(text.yaml()).experiments().faults())
                    .orElse(List.of())
                    .stream()
                    .filter(fault -> fault.share() > 0)
                    .map(Fault::name)
                    .toList();
        } catch (IllegalArgumentException unknown) {
            return List.of();
        }
    }

    static Optional<Tag> of(List<String> faults, Texts texts) {
        if (faults.isEmpty()) {
            return Optional.empty();
        }
        Tag tag = Tag.of(LampState.HALF_OPEN, texts.get("topology.panel.faults"));
        Tooltip.install(tag, new Tooltip(texts.get("topology.panel.faults.why", String.join(", ", faults))));
        return Optional.of(tag);
    }
}
