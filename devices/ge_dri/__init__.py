"""GE Datex-Ohmeda monitors that speak DRI: S/5, B20 to B125, B450 to B850, CARESCAPE."""
