package io.signalbox.console.excerpt;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.testing.FakeMesh;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.TrafficStats;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class FollowingTest {

    private final List<String> heard = new ArrayList<>();
    private final Queue<Runnable> meanwhile = new ArrayDeque<>();
    private final Following following = new Following(
            new MeshConnection.SnapshotListener() {
                @Override
                public void snapshot(MeshSnapshot picture) {
                    heard.add("picture " + picture.sequence());
                }

                @Override
                public void disconnected(String why) {
                    heard.add(why);
                }
            },
            new Selecting(Bounds.USUAL),
            () -> "",
            extent -> meanwhile.remove().run());

    @Test
    void whatTheMeshSaysWhileAnotherPartIsHandedOnComesAfterIt() {
        meanwhile.add(() -> {});
        following.snapshot(picture(1));
        meanwhile.add(() -> {
            following.snapshot(picture(2));
            following.disconnected("lost");
        });
        meanwhile.add(() -> {});

        following.again();

        assertThat(heard).containsExactly("picture 1", "picture 1", "picture 2", "lost");
    }

    @Test
    void aListenerThatFailsStillHearsTheNext() {
        meanwhile.add(() -> {
            throw new IllegalStateException("its own fault");
        });
        meanwhile.add(() -> {});
        try {
            following.snapshot(picture(1));
        } catch (IllegalStateException e) {
            heard.add(e.getMessage());
        }

        following.snapshot(picture(2));

        assertThat(heard).containsExactly("its own fault", "picture 2");
    }

    private static MeshSnapshot picture(long sequence) {
        return FakeMesh.picture(sequence, TrafficStats.NONE);
    }
}
