package io.signalbox.console.control;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A connection that changes nothing while it is locked, whatever a screen asks for. What is not known to read counts as a
 * change, so a call that is added later is refused until it is named here.
 */
public final class ReadOnlyMesh {

    private static final Set<String> READING = Set.of(
            "address",
            "snapshot",
            "subscribe",
            "events",
            "writtenPolicies",
            "policy",
            "history",
            "audit",
            "adopted",
            "sidecars",
            "identities",
            "authorization",
            "requests",
            "breakers",
            "toString",
            "hashCode",
            "equals");

    private ReadOnlyMesh() {}

    /** @param locked asked at each call, on the thread that makes it */
    public static MeshConnection over(MeshConnection mesh, BooleanSupplier locked) {
        return (MeshConnection) Proxy.newProxyInstance(
                MeshConnection.class.getClassLoader(),
                new Class<?>[] {MeshConnection.class},
                (proxy, method, arguments) -> {
                    if (locked.getAsBoolean() && !READING.contains(method.getName())) {
                        throw new MeshException(
                                MeshException.Kind.FORBIDDEN,
                                "read-only: " + mesh.address() + " (expected: unlocked, with a reason)");
                    }
                    try {
                        return method.invoke(mesh, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }
}
