package io.signalbox.console.topology.state;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshConnection.PolicyText;
import io.signalbox.mesh.client.MeshException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy in force for one service at a time. Belongs to the thread that the own executor runs on; the mesh is asked
 * on the background one.
 */
public final class PolicyWatch {

    private static final Logger log = LoggerFactory.getLogger(PolicyWatch.class);

    private final MeshConnection connection;
    private final Executor background;
    private final Executor own;
    private final ReadOnlyObjectWrapper<Optional<PolicyText>> policy =
            new ReadOnlyObjectWrapper<>(this, "policy", Optional.empty());
    private String wanted = "";

    public PolicyWatch(MeshConnection connection, Executor background, Executor own) {
        this.connection = connection;
        this.background = background;
        this.own = own;
    }

    /** The wanted service's policy; empty until it is known. */
    public ReadOnlyObjectProperty<Optional<PolicyText>> policyProperty() {
        return policy.getReadOnlyProperty();
    }

    /** Turns to another service; to none with an empty name. */
    public void want(String service) {
        if (!service.equals(wanted)) {
            wanted = service;
            policy.set(Optional.empty());
            refresh();
        }
    }

    /** Asks again, as after a change of policy. */
    public void refresh() {
        String service = wanted;
        if (service.isEmpty()) {
            return;
        }
        background.execute(() -> {
            Optional<PolicyText> text = fetch(service);
            own.execute(() -> {
                if (service.equals(wanted)) {
                    policy.set(text);
                }
            });
        });
    }

    private Optional<PolicyText> fetch(String service) {
        try {
            return Optional.of(connection.policy(service));
        } catch (MeshException unavailable) {
            log.debug("The policy of {} could not be had", service, unavailable);
            return Optional.empty();
        }
    }

    /** What the document says, without the lines that every policy begins with. */
    public static String body(PolicyText policy) {
        return policy.yaml()
                .lines()
                .filter(line -> !line.startsWith("apiVersion:")
                        && !line.startsWith("kind:")
                        && !line.startsWith("service:")
                        && !line.equals("---"))
                .collect(Collectors.joining("\n"))
                .strip();
    }
}
