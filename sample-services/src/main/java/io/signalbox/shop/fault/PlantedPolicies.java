package io.signalbox.shop.fault;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshConnection.PolicyText;
import io.signalbox.mesh.client.PolicyChange;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.TrafficPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The policies that faults bring along while they are on, each a revision like any other, and what held before them.
 *
 * <p>What somebody wrote in between is never overwritten. Faults may lie upon each other: when one below is lifted, the
 * one above restores what that one would have. Not for many threads; its owner calls one at a time.
 */
public final class PlantedPolicies {

    private static final String BY = "corner-shop";

    private final MeshConnection mesh;
    private final Map<String, List<Layer>> layers = new HashMap<>();

    public PlantedPolicies(MeshConnection mesh) {
        this.mesh = mesh;
    }

    /**
     * One fault upon one service.
     *
     * @param before what to restore, as YAML; empty when the defaults held
     * @param ours whether a policy is the fault's own, or the one that mends it
     */
    private record Layer(PlantedFault fault, Optional<String> before, Predicate<TrafficPolicy> ours) {

        /** The same without the one below, which may have been mended since, so that its mend is now this one's. */
        Layer without(Layer below) {
            return new Layer(fault, below.before(), ours.or(below.ours()));
        }
    }

    /** Puts in force what the fault needs; answers what that was, in words for a person. */
    public String plant(PlantedFault fault) {
        try {
            return planted(fault);
        } catch (RuntimeException e) {
            undo(fault, e);
            throw e;
        }
    }

    /** A fault that could not be planted whole leaves nothing behind. */
    private void undo(PlantedFault fault, RuntimeException why) {
        try {
            lift(fault);
        } catch (RuntimeException e) {
            why.addSuppressed(e);
        }
    }

    private String planted(PlantedFault fault) {
        Lesson lesson = Lesson.of(fault);
        List<String> written = new ArrayList<>();
        for (String service : lesson.services()) {
            PolicyText now = mesh.policy(service);
            TrafficPolicy inForce = PolicyFormat.readStored(now.yaml());
            Optional<TrafficPolicy> planted = lesson.planted().stream()
                    .filter(policy -> policy.service().equals(service))
                    .findFirst();
            List<TrafficPolicy> own = new ArrayList<>(lesson.mending());
            own.add(planted.orElse(inForce));
            layers.computeIfAbsent(service, _ -> new ArrayList<>())
                    .add(new Layer(
                            fault, isWritten(service) ? Optional.of(now.yaml()) : Optional.empty(), own::contains));
            if (planted.isPresent() && !planted.get().equals(inForce)) {
                written.add(rev(put(planted.get(), "fault " + fault.wireName() + " on")));
            }
        }
        return written.isEmpty() ? "" : "policies it needs are in force: " + String.join(", ", written);
    }

    /** Restores what held before the fault, where that is still its own to restore; answers in words what it did. */
    public String lift(PlantedFault fault) {
        List<String> restored = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (String service : Lesson.of(fault).services()) {
            List<Layer> all = layers.getOrDefault(service, List.of());
            int at = indexOf(all, fault);
            if (at < 0) {
                continue;
            }
            Layer layer = all.remove(at);
            if (at < all.size()) {
                all.set(at, all.get(at).without(layer));
            } else {
                restore(service, layer, restored, left);
            }
        }
        return sentence(restored, left);
    }

    private void restore(String service, Layer layer, List<String> restored, List<String> left) {
        PolicyText now = mesh.policy(service);
        TrafficPolicy inForce = PolicyFormat.readStored(now.yaml());
        if (!layer.ours().test(inForce)) {
            left.add(rev(now));
            return;
        }
        String reason = "fault " + layer.fault().wireName() + " off";
        if (layer.before().isEmpty()) {
            if (isWritten(service)) {
                mesh.deletePolicy(service, new ChangeNote(BY, reason));
                restored.add(service + " (the defaults)");
            }
            return;
        }
        TrafficPolicy before = PolicyFormat.readStored(layer.before().get());
        if (!before.equals(inForce)) {
            restored.add(rev(put(before, reason)));
        }
    }

    private PolicyText put(TrafficPolicy policy, String reason) {
        return mesh.putPolicy(PolicyFormat.yaml(policy), new ChangeNote(BY, reason));
    }

    private boolean isWritten(String service) {
        List<PolicyChange> history = mesh.history(service);
        return !history.isEmpty() && history.getFirst().change() != PolicyChange.Change.DELETED;
    }

    private static int indexOf(List<Layer> layers, PlantedFault fault) {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).fault() == fault) {
                return i;
            }
        }
        return -1;
    }

    private static String rev(PolicyText policy) {
        return policy.service() + " rev " + policy.revision();
    }

    private static String sentence(List<String> restored, List<String> left) {
        List<String> parts = new ArrayList<>();
        if (!restored.isEmpty()) {
            parts.add("what held before is in force again: " + String.join(", ", restored));
        }
        if (!left.isEmpty()) {
            parts.add("left as somebody has written it since: " + String.join(", ", left));
        }
        return String.join("; ", parts);
    }
}
