package io.signalbox.console.control;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.Rollouts;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection that changes nothing while it is locked, whatever a screen asks for. What is not known to read counts as a
 * change, so a call that is added later is refused until it is named here.
 */
public final class ReadOnlyMesh {

    private static final Set<String> READING_ROLLOUTS =
            Set.of("list", "of", "current", "history", "toString", "hashCode", "equals");

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
                    if (method.getName().equals("rollouts")) {
                        return over(mesh, (Rollouts) call(mesh, method, arguments), locked);
                    }
                    refuseUnless(READING.contains(method.getName()), mesh, locked);
                    return call(mesh, method, arguments);
                });
    }

    private static Rollouts over(MeshConnection mesh, Rollouts rollouts, BooleanSupplier locked) {
        return (Rollouts) Proxy.newProxyInstance(
                Rollouts.class.getClassLoader(), new Class<?>[] {Rollouts.class}, (proxy, method, arguments) -> {
                    refuseUnless(READING_ROLLOUTS.contains(method.getName()), mesh, locked);
                    return call(rollouts, method, arguments);
                });
    }

    private static void refuseUnless(boolean reading, MeshConnection mesh, BooleanSupplier locked) {
        if (!reading && locked.getAsBoolean()) {
            throw new MeshException(
                    MeshException.Kind.FORBIDDEN,
                    "read-only: " + mesh.address() + " (expected: unlocked, with a reason)");
        }
    }

    private static Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
