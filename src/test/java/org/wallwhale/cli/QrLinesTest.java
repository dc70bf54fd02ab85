package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.QrCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class QrLinesTest {
    @Test
    void eachModuleIsHalfACharacterWithinALightMargin() {
        String text = "http://192.168.1.20:8080/s/0fKq3vGmB1x7TtYw2Zr9LdNc8HsEjU5oPaIiVQ4kXMb";
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
        List<String> lines = QrLines.of(text);
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSize(code.size + 4));
        assertThat(lines.get(0)).containsOnlyOnce("\u2588".repeat(code.size + 4));
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                char shown = lines.get((y + 2) / 2).charAt(x + 2);
                boolean light = shown == '\u2588' || shown == (y % 2 == 0 ? '\u2580' : '\u2584');
                assertThat(light).as("module " + x + ", " + y).isEqualTo(!code.getModule(x, y));
            }
        }
    }
}
