package io.signalbox.shop.fault;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.TrafficPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The policies that belong to one fault, read from the folder {@code lessons/NAME} beside the shop's own.
 *
 * @param planted what must be in force for the fault to do its harm; empty if the shop's own policies do
 * @param mend what ends the harm while the fault stays on, as YAML documents; empty if no policy does
 */
record Lesson(List<TrafficPolicy> planted, String mend) {

    private static final String FOLDER = "/io/signalbox/shop/lessons/";

    Lesson {
        planted = List.copyOf(planted);
    }

    static Lesson of(PlantedFault fault) {
        String folder = FOLDER + fault.wireName();
        return new Lesson(
                read(folder + "/planted.yaml").map(PolicyFormat::readAll).orElse(List.of()),
                read(folder + "/mend.yaml").orElse(""));
    }

    List<TrafficPolicy> mending() {
        return mend.isEmpty() ? List.of() : PolicyFormat.readAll(mend);
    }

    /** Whose policies this lesson is about. */
    NavigableSet<String> services() {
        NavigableSet<String> services = new TreeSet<>();
        Stream.concat(planted.stream(), mending().stream())
                .map(TrafficPolicy::service)
                .forEach(services::add);
        return services;
    }

    private static Optional<String> read(String name) {
        try (InputStream in = Lesson.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
