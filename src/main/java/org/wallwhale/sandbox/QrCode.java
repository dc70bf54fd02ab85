package org.wallwhale.sandbox;

import java.util.Random;

/** Block art with the three corner marks of a QR code, two columns per module; it leads nowhere. */
final class QrCode {
    private static final int MODULES = 21;

    private QrCode() {
    }

    static void draw(Console console, int seed) {
        Random random = new Random(seed);
        for (int row = 0; row < MODULES; row++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < MODULES; column++) {
                boolean noise = random.nextBoolean();
                line.append(isDark(row, column, noise) ? "██" : "  ");
            }
            console.line(line);
        }
    }

    private static boolean isDark(int row, int column, boolean noise) {
        int down = row < 8 ? row : MODULES - 1 - row;
        int across = column < 8 ? column : MODULES - 1 - column;
        if (down > 7 || across > 7 || row >= 8 && column >= 8) {
            return noise;
        }
        int ring = Math.max(Math.abs(down - 3), Math.abs(across - 3));
        return ring == 3 || ring <= 1;
    }
}
