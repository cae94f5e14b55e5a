package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.PolicyNotes;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What {@code signalbox check} looks at; looking changes nothing. */
final class Checks {

    private static final int JAVA = 25;
    private static final int FONT_FOLDERS_DEEP = 6;
    private static final List<String> FONTS = List.of(".ttf", ".otf", ".ttc", ".pfb");

    private Checks() {}

    static Finding java(Runtime.Version version) {
        return version.feature() >= JAVA
                ? Finding.holds("java", version.toString())
                : Finding.fails("java", version.toString(), "install a JDK " + JAVA + " or newer and set JAVA_HOME");
    }

    /** Whether meshes can leave word of themselves in the folder, or make it. */
    static Finding runtimeFolder(Path folder) {
        Path nearest = folder.toAbsolutePath();
        for (Path up = nearest.getParent(); !Files.exists(nearest) && up != null; up = up.getParent()) {
            nearest = up;
        }
        return Files.isDirectory(nearest) && Files.isWritable(nearest)
                ? Finding.holds("runtime-folder", folder + (nearest.equals(folder) ? "" : ", to be made"))
                : Finding.fails(
                        "runtime-folder",
                        folder + " cannot be written",
                        "set XDG_RUNTIME_DIR to a folder where you may write");
    }

    static Finding loopback() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Finding.holds("loopback", socket.getInetAddress().getHostAddress() + " lets ports be opened");
        } catch (IOException e) {
            return Finding.fails(
                    "loopback",
                    "no port can be opened: " + e.getMessage(),
                    "let programs of this user listen on 127.0.0.1");
        }
    }

    /** Whether a mesh can be found and answers, and what its policies do together. */
    static List<Finding> mesh(Supplier<MeshConnection> opening) {
        try (MeshConnection mesh = opening.get()) {
            MeshSnapshot now = mesh.snapshot();
            List<Finding> findings = new ArrayList<>();
            findings.add(Finding.holds(
                    "mesh",
                    now.mesh() + " at " + mesh.address() + " answers, "
                            + now.services().size() + " services"));
            findings.addAll(policies(new PolicyNotes(mesh)));
            return findings;
        } catch (MeshException e) {
            return List.of(Finding.fails("mesh", String.valueOf(e.getMessage()), hint(e.kind())));
        } catch (InvalidValueException e) {
            return List.of(Finding.fails("mesh", String.valueOf(e.getMessage()), "see signalbox config print"));
        }
    }

    private static List<Finding> policies(PolicyNotes notes) {
        List<Finding> found = new ArrayList<>();
        notes.unread()
                .forEach((service, why) -> found.add(Finding.lacks(
                        "policy-unread",
                        "that of " + service + " cannot be read: " + why,
                        "look with a signalbox of the control plane's version: signalbox version")));
        notes.now().forEach(each -> found.add(Finding.lacks(each.rule().wireName(), each.found(), each.fix())));
        return found.isEmpty()
                ? List.of(Finding.holds("policies", notes.policies() + " looked at, nothing to note"))
                : found;
    }

    private static String hint(MeshException.Kind kind) {
        return switch (kind) {
            case UNAVAILABLE, NOT_FOUND -> "start one: signalbox demo --headless";
            case FORBIDDEN -> "name the file with its token: --token-file FILE";
            case INVALID -> "see signalbox config print";
            case CONFLICT, FAILED -> "see what the control plane wrote to its standard error";
        };
    }

    /** Whether windows can be opened; only the console needs that. */
    static Finding display(Map<String, String> environment, String operatingSystem) {
        if (!operatingSystem.startsWith("Linux")) {
            return Finding.holds("display", "that of " + operatingSystem);
        }
        String wayland = environment.getOrDefault("WAYLAND_DISPLAY", "");
        String x = environment.getOrDefault("DISPLAY", "");
        return wayland.isBlank() && x.isBlank()
                ? Finding.lacks(
                        "display",
                        "none",
                        "the console needs DISPLAY or WAYLAND_DISPLAY; everything else works without")
                : Finding.holds("display", x.isBlank() ? wayland : x);
    }

    /** Whether there is a font to draw with; only the console needs one. */
    static Finding fonts(List<Path> folders, String operatingSystem) {
        if (!operatingSystem.startsWith("Linux")) {
            return Finding.holds("fonts", "those of " + operatingSystem);
        }
        return folders.stream()
                .filter(Checks::holdsFonts)
                .findFirst()
                .map(folder -> Finding.holds("fonts", "in " + folder))
                .orElseGet(() -> Finding.lacks(
                        "fonts",
                        "none",
                        "the console needs fonts, on Debian: apt install libpangoft2-1.0-0 fonts-dejavu-core"));
    }

    private static boolean holdsFonts(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(folder, FONT_FOLDERS_DEEP)) {
            return files.map(file -> String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT))
                    .anyMatch(name -> FONTS.stream().anyMatch(name::endsWith));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }
}
