package io.signalbox.shop.process;

import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.config.PrivateFile;
import io.signalbox.mesh.config.SidecarFormat;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.runtime.AttachedMember;
import io.signalbox.mesh.runtime.AttachmentListener;
import io.signalbox.mesh.runtime.Joining;
import io.signalbox.mesh.runtime.MemberSpec;
import io.signalbox.mesh.runtime.MeshMember;
import io.signalbox.mesh.runtime.RegisteredInstance;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;

/** Brings what runs in this process into a mesh whose control plane is another process, by its API alone. */
final class AttachedJoining implements Joining, AutoCloseable {

    private final Task task;
    private final AttachmentListener listener;
    private final InstantSource clock;
    private final Deque<RegisteredInstance> registered = new ArrayDeque<>();

    AttachedJoining(Task task, AttachmentListener listener, InstantSource clock) {
        this.task = task;
        this.listener = listener;
        this.clock = clock;
    }

    /** Writes the sidecar's document, as {@code signalbox sidecar -f} takes it, and starts the sidecar from it. */
    @Override
    public MeshMember join(MemberSpec spec) {
        Path folder = Path.of(task.folder());
        Path file = folder.resolve(spec.instanceId() + ".yaml");
        Path token = folder.resolve(spec.instanceId() + ".token");
        AccessToken.of(task.token()).write(token);
        String document = document(spec, token, folder);
        PrivateFile.write(file, document);
        return AttachedMember.start(SidecarFormat.read(document, file, clock.instant()), folder, listener);
    }

    @Override
    public void registerExternal(ServiceInstance instance) {
        registered.push(RegisteredInstance.start(
                task.controlPlanes().stream().map(URI::create).toList(), AccessToken.of(task.token()), instance));
    }

    @Override
    public void close() {
        registered.forEach(RegisteredInstance::close);
    }

    private String document(MemberSpec spec, Path token, Path folder) {
        String tcp = spec.tcp().stream().map(service -> service + ": 0").collect(Collectors.joining(", "));
        String urls = task.controlPlanes().stream().map(Task::quoted).collect(Collectors.joining(", "));
        StringBuilder text = new StringBuilder(512)
                .append("apiVersion: signalbox.io/v1\nkind: Sidecar\n")
                .append("service: " + spec.service() + "\nversion: " + spec.version() + "\n")
                .append("instance: " + spec.instanceId() + "\n");
        spec.appPort()
                .ifPresent(port -> text.append("app: { port: " + port + ", protocol: "
                        + spec.protocol().wireName() + " }\n"));
        spec.defaultService().ifPresent(service -> text.append("defaultService: " + service + "\n"));
        return text.append("outbound: { port: " + task.port() + ", tcp: { " + tcp + " } }\n")
                .append("controlPlane: { url: [ " + urls + " ], tokenFile: " + Task.quoted(token.toString())
                        + ", state: " + Task.quoted(folder.toString()) + " }\n")
                .append("identity: { from: controlPlane }\nlimits: { drain: 3s }\n")
                .toString();
    }
}
