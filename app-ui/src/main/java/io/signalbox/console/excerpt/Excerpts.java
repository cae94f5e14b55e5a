package io.signalbox.console.excerpt;

import io.signalbox.console.text.Texts;
import io.signalbox.mesh.client.AuthorizationStatus;
import io.signalbox.mesh.client.AuthorizationStatus.ServiceAccess;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The bounds between a mesh and the screens: whatever it says, what comes through has a size that a screen can take. Safe
 * from any thread; it is the connection's threads that choose.
 */
public final class Excerpts {

    /** What hands out lists itself. */
    private static final Set<String> PARTS = Set.of("requests", "rollouts", "breakers", "confirmations", "trust");

    /** Characters of a policy that can be edited. */
    private static final int LONGEST_POLICY = 1 << 18;

    /** All lists of an answer together hold as much as so many of the longest. */
    private static final int LISTS = 20;

    private final Bounds bounds;
    private final Texts texts;
    private final List<Following> following = new CopyOnWriteArrayList<>();
    private volatile String filter = "";
    private volatile Extent extent = Extent.NOTHING;

    /** @param texts for what is refused here */
    public Excerpts(Texts texts) {
        this(Bounds.USUAL, texts);
    }

    Excerpts(Bounds bounds) {
        this(bounds, Texts.of(Locale.ENGLISH));
    }

    Excerpts(Bounds bounds, Texts texts) {
        this.bounds = bounds;
        this.texts = texts;
    }

    /** The same mesh, within the bounds. */
    public MeshConnection of(MeshConnection mesh) {
        return (MeshConnection) Proxy.newProxyInstance(
                MeshConnection.class.getClassLoader(),
                new Class<?>[] {MeshConnection.class},
                (proxy, method, arguments) -> answer(mesh, method, arguments));
    }

    /** How much the newest picture shows. */
    public Extent extent() {
        return extent;
    }

    /**
     * Shows other services: those whose names hold that, and their neighbours.
     *
     * @param background chooses anew among what the mesh said last
     */
    public void narrow(String part, Executor background) {
        filter = part;
        following.forEach(each -> background.execute(each::again));
    }

    private @Nullable Object answer(MeshConnection mesh, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("subscribe") && arguments != null) {
            return follow(mesh, (MeshConnection.SnapshotListener) arguments[0]);
        }
        Object said = call(mesh, method, arguments);
        return switch (said) {
            case MeshConnection same -> of(same);
            case MeshSnapshot snapshot ->
                new Selecting(bounds).of(snapshot, filter).shown();
            case AuthorizationStatus status -> nested().of(within(status));
            case MeshConnection.PolicyText policy -> refusingLong(policy);
            case null -> null;
            default -> PARTS.contains(method.getName()) ? part(said, method.getReturnType()) : within(said, method);
        };
    }

    private Object part(Object said, Class<?> type) {
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> within(call(said, method, arguments), method));
    }

    private @Nullable Object within(@Nullable Object said, Method method) {
        return method.getName().equals("writtenPolicies") ? said : nested().of(said);
    }

    private Nested nested() {
        return new Nested(bounds.answers(), LISTS * bounds.answers());
    }

    private MeshConnection.PolicyText refusingLong(MeshConnection.PolicyText policy) {
        if (policy.yaml().length() > LONGEST_POLICY) {
            throw new MeshException(
                    MeshException.Kind.FAILED,
                    texts.get(
                            "excerpt.policy.long",
                            policy.service(),
                            policy.yaml().length(),
                            LONGEST_POLICY));
        }
        return policy;
    }

    private AuthorizationStatus within(AuthorizationStatus status) {
        int room = bounds.answers();
        List<ServiceAccess> services = new ArrayList<>();
        for (ServiceAccess service :
                status.services().stream().limit(bounds.services()).toList()) {
            ServiceAccess kept = new ServiceAccess(
                    service.service(),
                    service.policyRevision(),
                    service.otherwise(),
                    service.mode(),
                    service.rules(),
                    service.others(),
                    service.callers().stream().limit(room).toList());
            room -= kept.callers().size();
            services.add(kept);
        }
        return new AuthorizationStatus(
                status.otherwise(),
                status.mode(),
                services,
                status.seen().stream().limit(bounds.answers()).toList());
    }

    private MeshConnection.Subscription follow(MeshConnection mesh, MeshConnection.SnapshotListener listener) {
        Following fresh = new Following(listener, new Selecting(bounds), () -> filter, said -> extent = said);
        following.add(fresh);
        MeshConnection.Subscription subscription;
        try {
            subscription = mesh.subscribe(fresh);
        } catch (RuntimeException e) {
            following.remove(fresh);
            throw e;
        }
        return () -> {
            following.remove(fresh);
            subscription.close();
        };
    }

    private static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
