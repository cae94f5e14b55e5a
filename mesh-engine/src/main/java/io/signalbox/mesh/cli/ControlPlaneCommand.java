package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.runtime.ControlPlaneOptions;
import io.signalbox.mesh.runtime.StandaloneControlPlane;
import io.signalbox.mesh.runtime.WebhookRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code signalbox control-plane --data DIR}: a control plane in this process, until a signal ends it. */
@Command(
        name = "control-plane",
        mixinStandardHelpOptions = true,
        description = "Runs a control plane that keeps everything in a folder, until it is stopped.",
        footer = {
            "",
            "When it serves it prints one line:",
            "  ready control-plane=URL token-file=PATH",
            "and ca=PATH behind it where its own authority made the certificate: the root, for --ca.",
            "The other commands find it by themselves, or by --connect URL --token-file PATH. The token is made once"
                    + " and kept in",
            "the folder, with every policy, its history, and who changed what."
        })
final class ControlPlaneCommand implements Callable<Integer> {

    /** What closing takes at most. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Mixin
    private LogOptions log = new LogOptions();

    @Mixin
    private ListenOptions listening = new ListenOptions();

    @Mixin
    private StoreOptions stored = new StoreOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "The folder that holds everything; made when it is missing, used by one process at a time.")
    private Path data = Path.of("");

    @Mixin
    private MeshName mesh = new MeshName();

    @Option(
            names = "--certificate-lifetime",
            paramLabel = "TIME",
            defaultValue = "1h",
            description = "Of the certificates of services, 1s to 168h. Default: ${DEFAULT-VALUE}.")
    private String certificateLifetime = "";

    @Option(
            names = "--webhook-hosts",
            paramLabel = "HOST[:PORT]",
            split = ",",
            description = "Whom webhooks of rollouts may call; *.DOMAIN for every host in it. Default: nobody.")
    private List<String> webhookHosts = List.of();

    @Option(
            names = "--webhook-secrets",
            paramLabel = "DIR",
            description = "The folder with a file for each secret that signs. Default: webhook-secrets in --data.")
    private @Nullable Path webhookSecrets;

    ControlPlaneCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        surroundings = log.apply(surroundings, spec);
        String name = mesh.name();
        ControlPlaneOptions options = new ControlPlaneOptions(
                name,
                listening.read(),
                data,
                ControlPlaneOptions.LEASE,
                DurationText.parse("certificate-lifetime", certificateLifetime),
                stored.read(name),
                new WebhookRules(
                        webhookHosts,
                        Optional.of(webhookSecrets == null ? data.resolve("webhook-secrets") : webhookSecrets)));
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = Thread.ofPlatform().name("control-plane-stop").unstarted(() -> {
            stopped.countDown();
            await(ended);
        });
        try (StandaloneControlPlane running = start(options)) {
            Runtime.getRuntime().addShutdownHook(hook);
            surroundings
                    .out()
                    .println("ready control-plane=" + running.uri() + " token-file=" + running.tokenFile()
                            + running.ca().map(ca -> " ca=" + ca).orElse(""));
            surroundings.out().flush();
            var _ = running.restored().thenRun(stopped::countDown);
            stopped.await();
            if (running.restored().isDone()) {
                throw running.restored().join();
            }
        } catch (InterruptedException e) {
            Runtime.getRuntime().removeShutdownHook(hook);
        } finally {
            ended.countDown();
        }
        return ExitStatus.INTERRUPTED;
    }

    private StandaloneControlPlane start(ControlPlaneOptions options) {
        try {
            return StandaloneControlPlane.start(options, surroundings.runningMeshes());
        } catch (InvalidValueException e) {
            if (e.field().equals("control-port")) {
                throw new MeshException(
                        MeshException.Kind.UNAVAILABLE,
                        "listen: " + listening.listen() + " (expected: " + e.expected() + ")");
            }
            throw e;
        }
    }

    private static void await(CountDownLatch ended) {
        try {
            boolean _ = ended.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
