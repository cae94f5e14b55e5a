package io.signalbox.mesh.proxy;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The conformance suite h2spec 2.2.0 as a program beside the tests, unpacked from the jar that carries it. */
final class H2Spec {

    /** All cases of 2.2.0 save its one strict case, which asks for what RFC 9113 no longer does. */
    static final int CASES = 145;

    private static final String FOLDER = "/h2spec/2.2.0/";
    private static final int TAR_BLOCK = 512;

    private final Path folder;
    private final Path program;

    private H2Spec(Path folder, Path program) {
        this.folder = folder;
        this.program = program;
    }

    /** What a run found; a case is told by its section and its sentence. */
    record Report(List<String> passed, List<String> failed, List<String> skipped) {

        int cases() {
            return passed.size() + failed.size() + skipped.size();
        }
    }

    /** Which archive suits this machine; empty where there is none. */
    static Optional<String> archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch");
        if (!processor.equals("amd64") && !processor.equals("x86_64")) {
            return Optional.empty();
        }
        if (system.startsWith("linux")) {
            return Optional.of("h2spec_linux_amd64.tar.gz");
        }
        if (system.startsWith("mac")) {
            return Optional.of("h2spec_darwin_amd64.tar.gz");
        }
        return system.startsWith("windows") ? Optional.of("h2spec_windows_amd64.zip") : Optional.empty();
    }

    static H2Spec unpack(String archive, Path folder) throws IOException {
        Path program = folder.resolve(archive.endsWith(".zip") ? "h2spec.exe" : "h2spec");
        try (InputStream packed = H2Spec.class.getResourceAsStream(FOLDER + archive)) {
            if (packed == null) {
                throw new FileNotFoundException(FOLDER + archive + " on the class path");
            }
            Files.write(program, archive.endsWith(".zip") ? unzipped(packed) : untarred(packed));
        }
        if (!program.toFile().setExecutable(true)) {
            throw new IOException(program + " cannot be made executable");
        }
        return new H2Spec(folder, program);
    }

    /** Runs every case against a port of loopback. */
    Report run(int port, String... options) throws IOException, InterruptedException {
        Path xml = folder.resolve("report-" + port + ".xml");
        Path output = folder.resolve("output-" + port + ".txt");
        List<String> command = new ArrayList<>(
                List.of(program.toString(), "-h", "127.0.0.1", "-p", Integer.toString(port), "-j", xml.toString()));
        command.addAll(List.of(options));
        Process running = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!running.waitFor(2, TimeUnit.MINUTES)) {
            running.destroyForcibly();
            throw new IOException("h2spec has not ended: " + Files.readString(output));
        }
        if (!Files.exists(xml)) {
            throw new IOException("h2spec made no report: " + Files.readString(output));
        }
        return read(Files.readAllBytes(xml));
    }

    private static Report read(byte[] xml) throws IOException {
        Report report = new Report(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try {
            NodeList cases = DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(xml))
                    .getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                Element each = (Element) cases.item(i);
                String name = each.getAttribute("package") + ": " + each.getAttribute("classname");
                NodeList failures = each.getElementsByTagName("failure");
                NodeList errors = each.getElementsByTagName("error");
                if (failures.getLength() + errors.getLength() > 0) {
                    Element why = (Element) (failures.getLength() > 0 ? failures : errors).item(0);
                    report.failed().add(name + " — " + why.getTextContent().strip());
                } else if (each.getElementsByTagName("skipped").getLength() > 0) {
                    report.skipped().add(name);
                } else {
                    report.passed().add(name);
                }
            }
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("the report of h2spec cannot be read", e);
        }
        return report;
    }

    private static byte[] unzipped(InputStream packed) throws IOException {
        ZipInputStream zip = new ZipInputStream(packed);
        for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entry.getName().endsWith("h2spec.exe")) {
                return zip.readAllBytes();
            }
        }
        throw new FileNotFoundException("h2spec.exe in the archive");
    }

    private static byte[] untarred(InputStream packed) throws IOException {
        InputStream tar = new GZIPInputStream(packed);
        for (byte[] head = tar.readNBytes(TAR_BLOCK); head.length == TAR_BLOCK && head[0] != 0; ) {
            String name = text(head, 0, 100);
            int size = Integer.parseInt(text(head, 124, 11), 8);
            byte[] content = tar.readNBytes(size);
            if (name.endsWith("h2spec")) {
                return content;
            }
            tar.skipNBytes(Math.floorMod(-size, TAR_BLOCK));
            head = tar.readNBytes(TAR_BLOCK);
        }
        throw new FileNotFoundException("h2spec in the archive");
    }

    private static String text(byte[] head, int from, int length) {
        String whole = new String(head, from, length, StandardCharsets.US_ASCII);
        int end = whole.indexOf('\0');
        return (end < 0 ? whole : whole.substring(0, end)).strip();
    }
}
