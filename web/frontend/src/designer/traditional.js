// The signs that differ between the two scripts, as far as the dictionaries use them.
const SIMPLIFIED = "与业两个为举义于传偿储关内决则创删别务动区协单占历参发变叠号后听启团图处复实对导将尔属并应开异户执扩抛择换据数断无时显杂权条来标档没点状独环现监码称签类约级线组终绑结绘给续缀编网联脚获补规计订认识试误请调败资赋辑输边达过进连选采释钟钥链错键闭间阅队顺须齐";
const TRADITIONAL = "與業兩個爲舉義於傳償儲關內決則創刪別務動區協單佔歷參發變疊號後聽啓團圖處復實對導將爾屬並應開異戶執擴拋擇換據數斷無時顯雜權條來標檔沒點狀獨環現監碼稱籤類約級線組終綁結繪給續綴編網聯腳獲補規計訂認識試誤請調敗資賦輯輸邊達過進連選採釋鍾鑰鏈錯鍵閉間閱隊順須齊";
const signs = new Map([...SIMPLIFIED].map((sign, index) => [sign, [...TRADITIONAL][index]]));

export function traditional(text) {
  return [...text].map((sign) => signs.get(sign) ?? sign).join("");
}
