package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.event.EventLog;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.Weight;
import java.util.Collection;
import java.util.Map;

/** Tells sidecars, consoles and the events of changes that are kept already. Called outside all locks. */
record PolicyNews(EventLog events, Runnable changed) {

    PolicyRevision policy(PolicyRevision revision) {
        changed.run();
        events.append(new MeshEvent.PolicyChanged(revision.service(), revision.revision(), revision.note()));
        return revision;
    }

    /** @param versions whose shares are worth an event of their own */
    void weights(PolicyRevision was, PolicyRevision is, Collection<String> versions) {
        Map<String, Weight> before = PolicyControl.weights(was).asked();
        changed.run();
        PolicyControl.weights(is).asked().forEach((version, to) -> {
            Weight from = before.getOrDefault(version, Weight.NONE);
            if (versions.contains(version) && !from.equals(to)) {
                events.append(new MeshEvent.WeightChanged(is.service(), version, from, to, is.revision(), is.note()));
            }
        });
    }

    /** What another control plane put in force, or let stand. */
    void followed(PolicyRevision was, PolicyRevision is) {
        if (is.revision() == was.revision()) {
            return;
        }
        switch (is.change()) {
            case WEIGHTS -> weights(was, is, PolicyControl.weights(is).asked().keySet());
            case NONE, PUT, DELETED, UNDONE, CLEARED -> policy(is);
        }
    }

    /** A step of a rollout, of which the text or only the shares are new. */
    void step(Driven driven) {
        PolicyRevision now = driven.now();
        if (now.change() == PolicyRevision.Change.PUT) {
            policy(now);
        }
        weights(driven.before(), now, PolicyControl.weights(now).asked().keySet());
    }
}
