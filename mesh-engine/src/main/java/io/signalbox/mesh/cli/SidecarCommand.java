package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.attach.LastKnown;
import io.signalbox.mesh.config.SidecarDocument;
import io.signalbox.mesh.proxy.Sidecar;
import io.signalbox.mesh.proxy.SidecarSpec;
import io.signalbox.mesh.runtime.LocalSidecars;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code signalbox sidecar -f storefront.yaml}: sidecars in this process, until a signal ends them. */
@Command(
        name = "sidecar",
        mixinStandardHelpOptions = true,
        description =
                "Runs sidecars from files, attached to a control plane where a file names one, until it is stopped.",
        footer = {
            "",
            "With all of them ready it prints one line each:",
            "  ready service=NAME inbound=HOST:PORT outbound=HOST:PORT admin=HOST:PORT",
            "where - stands for the inbound of a sidecar that only calls, and tcp.NAME=HOST:PORT follows for each"
                    + " service",
            "that is called over TCP. If one file is wrong or one port is taken, nothing starts.",
            "",
            "What the files say of services and policies is followed while it runs: \"reloaded FILE\", or, on the"
                    + " standard",
            "error, \"refused FILE: ...\" with the reason; then what ran goes on.",
            "",
            "A file with controlPlane takes services and policies from there: \"attached INSTANCE revision=N\", or, on"
                    + " the standard",
            "error, \"away INSTANCE: ...\" while the control plane cannot be reached; then what ran goes on."
        })
final class SidecarCommand implements Callable<Integer> {

    /** What closing takes at most beyond the time that requests at hand get. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    /** How often the files are looked at. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Mixin
    private LogOptions log = new LogOptions();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "One sidecar, in YAML or JSON; give it again for more in this process.")
    private List<Path> files = new ArrayList<>();

    SidecarCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        surroundings = log.apply(surroundings, spec);
        List<SidecarFile> followed =
                files.stream().map(file -> new SidecarFile(file, surroundings)).toList();
        List<SidecarDocument> documents =
                followed.stream().map(SidecarFile::document).toList();
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = Thread.ofPlatform().name("sidecar-stop").unstarted(() -> {
            stopped.countDown();
            await(ended, patience(documents));
        });
        try (LocalSidecars running = LocalSidecars.start(documents, stateFolder(), new AttachmentWords(surroundings))) {
            Runtime.getRuntime().addShutdownHook(hook);
            running.sidecars().forEach(this::sayReady);
            surroundings.out().flush();
            GrownHeap heap = GrownHeap.ofThisProcess();
            while (!stopped.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                for (int i = 0; i < followed.size(); i++) {
                    followed.get(i).look(running.sidecars().get(i));
                }
                heap.look();
            }
        } catch (InterruptedException e) {
            Runtime.getRuntime().removeShutdownHook(hook);
        } finally {
            ended.countDown();
        }
        return ExitStatus.INTERRUPTED;
    }

    private Path stateFolder() {
        return LastKnown.folderOfUser(surroundings.environment(), Surroundings.home(surroundings.environment()));
    }

    private void sayReady(Sidecar sidecar) {
        PrintWriter out = surroundings.out();
        String host = SidecarSpec.LOOPBACK;
        String inbound = sidecar.inboundPort().isPresent()
                ? sidecar.spec().inbound().authority(sidecar.inboundPort().getAsInt())
                : "-";
        String tcp = sidecar.tcpPorts().entrySet().stream()
                .map(port -> " tcp." + port.getKey() + "=" + host + ":" + port.getValue())
                .collect(Collectors.joining());
        out.println("ready service=" + sidecar.spec().service() + " inbound=" + inbound + " outbound=" + host + ":"
                + sidecar.outboundPort() + " admin=" + host + ":" + sidecar.adminPort() + tcp);
    }

    private static Duration patience(List<SidecarDocument> documents) {
        return documents.stream()
                .map(document -> document.limits().drain())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO)
                .plus(LAST_WORDS);
    }

    private static void await(CountDownLatch ended, Duration longest) {
        try {
            boolean _ = ended.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
