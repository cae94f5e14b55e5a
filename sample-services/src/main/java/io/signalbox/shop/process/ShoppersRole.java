package io.signalbox.shop.process;

import io.signalbox.mesh.runtime.AttachmentListener;
import io.signalbox.mesh.runtime.MemberSpec;
import io.signalbox.mesh.runtime.MeshMember;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The sidecar through which the shoppers come in. */
final class ShoppersRole implements Role {

    static final String SERVICE = "shoppers";
    static final String ENTRY = "entry";
    static final String ADMIN = "admin";

    private final MeshMember door;

    ShoppersRole(Task task, AttachmentListener listener, InstantSource clock) {
        door = new AttachedJoining(task, listener, clock).join(spec(task.name()));
    }

    static MemberSpec spec(String instance) {
        return MemberSpec.client(SERVICE, instance, "storefront");
    }

    @Override
    public Map<String, String> places() {
        return Map.of(ENTRY, door.outbound().toString(), ADMIN, door.admin().toString());
    }

    @Override
    public void obey(List<String> order) {
        throw new IllegalArgumentException(order.getFirst() + " (expected: nothing)");
    }

    @Override
    public void close() {
        door.close();
    }
}
