package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Weight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitWeightsTest {

    @ParameterizedTest(name = "{0}, {1} → {2}")
    @CsvSource(delimiter = '|', textBlock = """
        v1=70 v2=30         | v2=50       | v1=50 v2=50
        v1=50 v2=30 v3=20   | v2=60       | v1=29 v2=60 v3=11
        v1=50 v2=30 v3=20   | v2=100      | v1=0 v2=100 v3=0
        v1=0 v2=100 v3=0    | v2=50       | v1=25 v2=50 v3=25
        v1=0 v2=100 v3=0    | v2=49       | v1=26 v2=49 v3=25
        v1=33 v2=33 v3=34   | v1=10 v2=20 | v1=10 v2=20 v3=70
        v1=100              | v2=10       | v1=90 v2=10
        """)
    void theOthersKeepTheirProportionsInWhatIsLeft(String before, String wanted, String after) {
        SplitWeights weights = new SplitWeights(new Splitting.Weighted(weights(before)), Optional.empty());

        assertThat(weights.with(weights(wanted), Map.of("v1", 1, "v2", 1, "v3", 1))
                        .asked())
                .isEqualTo(weights(after));
    }

    @Test
    void anySequenceOfChangesKeepsTheSumAtAHundred() {
        Random random = new Random(11);
        List<String> versions = List.of("a", "b", "c", "d", "e");
        Map<String, Integer> running = new LinkedHashMap<>();
        versions.forEach(version -> running.put(version, 1 + random.nextInt(4)));
        SplitWeights weights = new SplitWeights(new Splitting.Unsplit(), Optional.empty());
        for (int i = 0; i < 2_000; i++) {
            List<String> some = new ArrayList<>(versions);
            Collections.shuffle(some, random);
            Map<String, Weight> wanted = new LinkedHashMap<>();
            int left = 100;
            for (String version : some.subList(0, 1 + random.nextInt(4))) {
                int percent = random.nextInt(left + 1);
                wanted.put(version, new Weight(percent));
                left -= percent;
            }
            weights = weights.with(wanted, running);
            assertThat(weights.asked()).containsAllEntriesOf(wanted);
            assertThat(weights.asked().values().stream()
                            .mapToInt(Weight::percent)
                            .sum())
                    .isEqualTo(100);
        }
    }

    private static Map<String, Weight> weights(String text) {
        Map<String, Weight> weights = new LinkedHashMap<>();
        for (String pair : text.split(" ", -1)) {
            weights.put(pair.substring(0, 2), new Weight(Integer.parseInt(pair.substring(3))));
        }
        return weights;
    }
}
