package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.event.EventLog;
import io.signalbox.mesh.mirror.MirrorLog;
import io.signalbox.mesh.registry.ServiceRegistry;
import io.signalbox.mesh.store.LocalStore;
import io.signalbox.mesh.time.ManualTime;
import io.signalbox.mesh.trace.SpanLog;
import java.time.Duration;
import java.util.Map;

/** Attached sidecars without a mesh around them. */
final class Attached {

    private Attached() {}

    static AttachedSidecars on(ManualTime time) {
        EventLog events = new EventLog(time, 8);
        AuditLog audit = new AuditLog(Keeping.newest(LocalStore.inMemory(time, time)), time);
        ServiceRegistry registry = new ServiceRegistry(Duration.ofHours(1), time, time);
        Membership members =
                new Membership(registry, new Registrations.Own(registry), new Departures(), events, audit, _ -> {});
        ToldByOthers told = new ToldByOthers(new SpanLog(8, time), new MirrorLog(), events, time, Map::of);
        return new AttachedSidecars(new SidecarFeed(time, time), members, told, time, time, _ -> {}, _ -> {});
    }
}
